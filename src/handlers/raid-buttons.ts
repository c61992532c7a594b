import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { findRaid, type Raid } from '../db/raids.ts';
import { say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { t } from '../services/answers/words.ts';
import type { MembersSpec } from '../services/mass/spec.ts';
import { isAbove } from '../services/permissions/above.ts';
import { RAID_BUTTONS, type RaidDeedKind, type UNDOES } from '../services/raids/buttons.ts';
import { endedBy, resumeInvites } from '../services/raids/guard.ts';
import { raidList } from '../services/raids/list.ts';
import { targetsOf } from '../services/raids/targets.ts';
import { undoRaid } from '../services/raids/undo.ts';
import { defineComponent, type Rules } from './define.ts';
import { type Ask, propose } from './mass.ts';
import { MODERATES, moderate } from './moderate.ts';

/** The alert itself is brought up to date by its timer, also where two press at once or the bot is started anew. */
const RULES = { ...MODERATES, kind: 'button', defer: 'private', updates: false } as const;
type Needed = Required<Pick<Rules, 'needs'>>;

/** A day in which somebody can look at it. */
const TIMEOUT_MS = 86_400_000;
const HOW: Readonly<Record<RaidDeedKind, Pick<MembersSpec, 'durationMs' | 'deleteDays'>>> = {
  timeout: { durationMs: TIMEOUT_MS },
  kick: {},
  ban: { deleteDays: 0 },
};

/** The button of an alert that does something to all of a raid: shown first, and by the rights of the command it belongs to. */
export function raidDeed(kind: RaidDeedKind, { needs }: Needed, ask: Ask) {
  return defineComponent({
    ...RULES,
    ...RAID_BUTTONS[kind],
    needs,
    botNeeds: needs,
    async run({ interaction, state }, context) {
      const raid = await raidHere(state.raid, interaction, context);
      const { items, notes } = await targetsOf(raid, kind, context);
      if (items.length === 0) throw new UserError('raids.nobodyLeft');
      const { language: locale } = await context.settings.of(raid.guild, 'general');
      const reason = context.i18n.t('raids.reason', { count: raid.count }, locale);
      const wish = { kind, spec: { tell: false, reason, ...HOW[kind] }, raid: raid.id };
      return await propose(interaction, wish, { items, notes }, ask, context);
    },
  });
}

/** The button of an alert that takes back what was done to all of a raid. */
export function raidUndo(how: keyof typeof UNDOES, { needs }: Needed) {
  return defineComponent({
    ...RULES,
    ...RAID_BUTTONS[how],
    needs,
    botNeeds: needs,
    async run({ interaction, state }, context) {
      const raid = await raidHere(state.raid, interaction, context);
      const { id, username: name } = interaction.user;
      const count = await undoRaid(raid, how, { id, name, above: isAbove(raid.guild, id, context) }, context);
      if (count === 0) throw new UserError('raids.undo.nothing');
      return say(`raids.undo.${how}`, { count }, { tone: 'good' });
    },
  });
}

/** The button of an alert that lists everybody. */
export const raidListButton = defineComponent({
  ...RULES,
  ...RAID_BUTTONS.list,
  needs: PermissionFlagsBits.ModerateMembers,
  async run({ interaction, state }, context) {
    const raid = await raidHere(state.raid, interaction, context);
    return {
      tone: 'info',
      title: t('raids.list', { count: raid.count }),
      parts: [],
      files: [await raidList(raid, context)],
    };
  },
});

/** The button of an alert that lets people in by invitations again. */
export const resumeInvitesButton = defineComponent({
  ...RULES,
  ...RAID_BUTTONS.resume,
  needs: PermissionFlagsBits.ManageGuild,
  botNeeds: PermissionFlagsBits.ManageGuild,
  async run({ interaction, state, signal }, context) {
    const raid = await raidHere(state.raid, interaction, context);
    await resumeInvites(raid, interaction.user.id, context, signal);
    return say('raids.guard.resumed', {}, { tone: 'good' });
  },
});

/** The button of an alert that ends the lockdown, by the rights of `/unlock` for the whole server. */
export const unlockButton = defineComponent({
  ...RULES,
  ...RAID_BUTTONS.unlock,
  needs: PermissionFlagsBits.ManageChannels,
  async run(asked, context) {
    const { interaction, state } = asked;
    const raid = await raidHere(state.raid, interaction, context);
    const { guild, guard } = raid;
    const targets = [{ id: guild, name: interaction.guild?.name ?? guild }];
    const data = guard?.case === undefined ? {} : { data: { case: guard.case } };
    return await moderate(
      asked,
      { type: 'unlock', targets, ...data },
      context,
      endedBy(raid, interaction.user.id, context),
    );
  },
});

async function raidHere(id: string, { guildId }: BaseInteraction, { db }: Pick<Context, 'db'>): Promise<Raid> {
  const raid = await findRaid(db, id);
  if (raid?.guild !== guildId) throw new UserError('errors.outdatedComponent');
  return raid;
}
