import { Events } from 'discord.js';
import { introduceIn } from '../../services/introduction/introduce.ts';
import { defineEvent } from '../define.ts';

/** The bot has come to a server. Of what came while it was away its start tells. */
export default defineEvent({
  on: Events.GuildCreate,
  run: (context, guild) => introduceIn([guild], context),
});
