import { Events } from 'discord.js';
import { defineEvent } from '../define.ts';

/** An invitation is gone, by hand or since it was used up. */
export default defineEvent({
  on: Events.InviteDelete,
  run: ({ eventLogs }, { code, guild }) => {
    if (guild) eventLogs.invites.gone(guild.id, code);
  },
});
