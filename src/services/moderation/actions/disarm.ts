import { Type } from '@sinclair/typebox';
import { list, mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { heldRoles, setRoles } from '../jail.ts';
import { serverOf } from '../members.ts';
import { Refused } from '../refusal.ts';
import { moderates, takenBy } from '../taken-roles.ts';

const MOST_NAMED = 20;

/** Takes from an account that was frozen the roles that let it moderate in Discord itself; its rank given back brings them back. */
export default defineAction({
  data: Type.Object({
    /** What is to be given back, and what the bot cannot take. */
    taken: Type.Optional(Type.Array(Type.String())),
    kept: Type.Optional(Type.Array(Type.String())),
  }),
  ofMember: true,
  toAnybody: true, // whoever was frozen is above many
  tells: false,
  lasts: true,
  about: ({ taken = [], kept = [] }) => {
    if (kept.length > 0) return t('moderation.disarm.takenBut', { taken: named(taken), kept: named(kept) });
    return taken.length > 0 ? t('moderation.disarm.taken', { taken: named(taken) }) : undefined;
  },
  async act(doing) {
    const { one, data, context, keep } = doing;
    const held = await heldRoles(doing);
    if (!held) throw new Refused(t('moderation.refused.left'));
    const server = await serverOf(one.guild, context);
    const moderating = (ids: readonly string[]) => ids.filter((id) => moderates(server, id));
    const taking = moderating(held.movable);
    const jailed = moderating(await takenBy('jail', one, context)); // what they had before they were put there
    const taken = [...new Set([...(data.taken ?? []), ...jailed, ...taking])];
    const kept = moderating(held.fixed);
    if (taken.length === 0) throw new Refused(t('moderation.disarm.nothing', { kept: named(kept) }));
    await keep({ taken, kept });
    await setRoles(doing, [...held.fixed, ...held.movable.filter((id) => !taking.includes(id))]);
  },
});

function named(roles: readonly string[]) {
  return roles.length === 0
    ? t('moderation.disarm.none')
    : list(roles.slice(0, MOST_NAMED).map((id) => mention('role', id)));
}
