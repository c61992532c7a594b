import { Events } from 'discord.js';
import { forgetLeftServer } from '../../db/left-servers.ts';
import { defineEvent } from '../define.ts';

/** The bot has come to a server, maybe not for the first time: what was written there without it was never to be judged, and what is kept of it stays. */
export default defineEvent({
  on: Events.GuildCreate,
  async run({ db, seen }, guild) {
    await Promise.all([seen.forget([guild.id]), forgetLeftServer(db, guild.id)]);
  },
});
