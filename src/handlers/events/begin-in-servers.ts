import { Events } from 'discord.js';
import { defineEvent } from '../define.ts';

/** The bot has come to a server, maybe not for the first time: what was written there without it was never to be judged. */
export default defineEvent({
  on: Events.GuildCreate,
  async run({ seen }, guild) {
    await seen.forget([guild.id]);
  },
});
