import { Events } from 'discord.js';
import { defineEvent } from '../define.ts';

/** A server is there, or there again with a new session: what was written meanwhile Discord does not tell by itself. */
export default defineEvent({
  on: Events.GuildAvailable,
  run({ missed }, guild) {
    missed.look(guild);
  },
});
