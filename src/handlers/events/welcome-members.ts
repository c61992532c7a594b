import { Events } from 'discord.js';
import { defineEvent } from '../define.ts';

/** Has whoever joins be welcomed and given their roles. */
export default defineEvent({
  on: Events.GuildMemberAdd,
  run: ({ joining }, member) => joining.came(member),
});
