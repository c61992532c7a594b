import { Events } from 'discord.js';
import { databaseError } from '../../db/away.ts';
import { welcomeOnceBack } from '../../services/joining/missed-joins.ts';
import { defineEvent } from '../define.ts';

/** Has whoever joins be welcomed and given their roles; once the database is back where it is away. */
export default defineEvent({
  on: Events.GuildMemberAdd,
  async run(context, member) {
    try {
      await context.joining.came(member);
    } catch (error) {
      if (databaseError(error)) welcomeOnceBack(member.guild, context);
      throw error;
    }
  },
});
