import { someWriters } from '../../../../db/activity.ts';
import { randomSample } from '../../../../lib/random.ts';
import { say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention } from '../../../../services/answers/words.ts';
import { dayPlus } from '../../../../services/reports/section.ts';
import { dayOf } from '../../../../services/tally/tally.ts';
import { defineCommand } from '../../../define.ts';
import { role } from '../../../options.ts';

const DAYS = 30;
/** So many the gateway tells of in one answer; nobody walks through a whole server for a draw. */
const MOST_ASKED = 100;

/** Draws one of those who wrote in the server lately, perhaps of those with a role. Nobody is notified. */
export default defineCommand({
  options: { role: role({ optional: true }) },
  cooldown: { uses: 5, seconds: 30 },
  async run({ interaction: { guild }, options: { role: wanted } }, { db, gateway, now }) {
    if (!guild) throw new UserError('errors.serverOnly');
    const from = dayPlus(dayOf(now()), 1 - DAYS);
    const { members: writers, people } = await someWriters(db, guild.id, { from, most: MOST_ASKED });
    const asked = wanted && wanted.id !== guild.id ? wanted : undefined; // everybody has the role of the server
    const members = writers.length > 0 ? await gateway.members.membersAmong(guild, writers) : [];
    const fitting = members.filter(({ user, roles }) => !user.bot && (!asked || roles.cache.has(asked.id)));
    const params = { days: DAYS, asked: writers.length, people, role: asked ? mention('role', asked.id) : '' };
    const [drawn] = randomSample(fitting, 1);
    if (!drawn)
      throw new UserError(asked ? 'commands.random.member.nobodyWith' : 'commands.random.member.nobody', params);
    const key = people > writers.length ? 'ofSome' : 'of';
    const said = asked ? (`${key}With` as const) : key;
    return say(`commands.random.member.${said}`, { ...params, who: mention('user', drawn.id), count: fitting.length });
  },
});
