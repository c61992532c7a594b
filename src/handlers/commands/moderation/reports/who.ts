import { PermissionFlagsBits } from 'discord.js';
import { reportByNumber } from '../../../../db/member-reports.ts';
import { say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention } from '../../../../services/answers/words.ts';
import { tellOwners, tellServerLog } from '../../../../services/logs/server-log.ts';
import { defineCommand } from '../../../define.ts';
import { integer } from '../../../options.ts';

/** Who made a report, for the server's owner alone; the log says that they looked. */
export default defineCommand({
  needs: PermissionFlagsBits.Administrator,
  visible: 'private',
  options: { number: integer({ min: 1, max: 2_147_483_647 }) },
  async run({ interaction: { guild, user }, options: { number } }, context) {
    if (!guild) throw new UserError('errors.serverOnly');
    if (guild.ownerId !== user.id) throw new UserError('memberReports.ownerOnly');
    const report = await reportByNumber(context.db, guild.id, number);
    if (!report) throw new UserError('memberReports.noSuch', { number });
    context.log.info({ guild: guild.id, by: user.id, number }, 'the owner looked who made a report');
    const entry = say('memberReports.looked', { who: mention('user', user.id), number });
    if (!(await tellServerLog(context, guild.id, entry))) await tellOwners(context, guild.id, entry);
    return say('memberReports.whoIs', { number, who: mention('user', report.reporter) });
  },
});
