import { defineEvent } from '../define.ts';

/** Makes a case of a ban that was made in Discord itself, where the audit log cannot be seen. */
export default defineEvent({
  on: 'guildBanAdd',
  run: ({ unseenBans }, ban) => unseenBans.heard(ban, 'ban'),
});
