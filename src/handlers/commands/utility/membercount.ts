import { say } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { amount } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';
import { countsOf } from '../../server-counts.ts';

/** How many are in the server, and how many of them are there right now. */
export default defineCommand({
  async run({ interaction: { guild } }, context) {
    if (!guild) throw new UserError('errors.serverOnly');
    const { members, online } = await countsOf(guild, context);
    const params = { count: members, members: amount(members) };
    if (online === undefined) return say('commands.membercount.members', params);
    return say('commands.membercount.withOnline', { ...params, online: amount(online) });
  },
});
