import { GuildMemberFlags } from 'discord.js';
import { countCases } from '../../../db/case-list.ts';
import { amount, t, timestamp, type Words } from '../../answers/words.ts';
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
      const cases = await casesOf(guild.id, user.id, known.db);
      return {
        title: 'eventLogs.titles.joined',
        said: t('eventLogs.said.member', { who: person(user.id, user.username) }),
        about: { user: user.id, bot: user.bot },
        changes: partsOf(member, [
          ['eventLogs.what.account', () => timestamp(user.createdAt)],
          ['eventLogs.what.members', () => amount(count)],
          ['eventLogs.what.before', () => (flags.has(GuildMemberFlags.DidRejoin) ? yesNo(true) : undefined)],
          ['eventLogs.what.cases', () => cases],
        ]),
      };
    },
  },
});

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
