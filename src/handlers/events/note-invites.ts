import { Events } from 'discord.js';
import { defineEvent } from '../define.ts';

/** An invitation was made: by which of them people come is told where they are told of. */
export default defineEvent({
  on: Events.InviteCreate,
  run: ({ eventLogs }, invite) => eventLogs.invited(invite),
});
