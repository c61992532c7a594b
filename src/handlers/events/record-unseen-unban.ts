import { defineEvent } from '../define.ts';

/** Ends the case of a ban that was lifted in Discord itself, where the audit log cannot be seen. */
export default defineEvent({
  on: 'guildBanRemove',
  run: ({ unseenBans }, ban) => unseenBans.heard(ban, 'unban'),
});
