import { GuildMemberFlags } from 'discord.js';
import { countCases } from '../../../db/case-list.ts';
import { amount, code, list, mention, t, timestamp, type Words } from '../../answers/words.ts';
import type { CameBy, Invitation } from '../../joining/invites-used.ts';
import { partsOf, yesNo } from '../changes.ts';
import { defineLogKind } from '../kind.ts';
import { person } from '../people.ts';

/** Somebody has joined. */
export default defineLogKind({
  group: 'members',
  on: {
    async guildMemberAdd([member], known) {
      const { guild, user, flags } = member;
      // Asked of now: while something is looked up more may join.
      const count = guild.memberCount;
      const [cases, came] = await Promise.all([
        casesOf(guild.id, user.id, known.db),
        user.bot ? undefined : known.invites.of(guild),
      ]);
      return {
        title: 'eventLogs.titles.joined',
        said: t('eventLogs.said.member', { who: person(user.id, user.username) }),
        about: { user: user.id, bot: user.bot },
        changes: partsOf(member, [
          ['eventLogs.what.account', () => timestamp(user.createdAt)],
          ['eventLogs.what.members', () => amount(count)],
          ['eventLogs.what.before', () => (flags.has(GuildMemberFlags.DidRejoin) ? yesNo(true) : undefined)],
          ['eventLogs.what.cameBy', () => came && cameWords(came)],
          ['eventLogs.what.cases', () => cases],
        ]),
      };
    },
  },
});

/** More are not named. */
const MOST_NAMED = 5;

function cameWords({ invites, sure }: CameBy): Words {
  const [only, ...others] = invites;
  if (!only) return t('eventLogs.cameBy.none');
  if (others.length >= MOST_NAMED) return t('eventLogs.cameBy.many', { count: invites.length });
  if (others.length > 0) return t('eventLogs.cameBy.oneOf', { invites: list(invites.map(invitationWords)) });
  return sure ? invitationWords(only) : t('eventLogs.cameBy.maybe', { invite: invitationWords(only) });
}

function invitationWords({ code: which, by }: Invitation): Words {
  return by === undefined ? code(which) : t('eventLogs.cameBy.of', { code: code(which), who: mention('user', by) });
}

/** How many cases there are of somebody; nothing where there are none, or the database does not say. */
async function casesOf(
  guild: string,
  target: string,
  db: Parameters<typeof countCases>[0],
): Promise<Words | undefined> {
  const counts = await countCases(db, { guild, target }).catch(() => []);
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return all > 0 ? amount(all) : undefined;
}
