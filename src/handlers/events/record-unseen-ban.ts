import { recordUnseen } from '../../services/moderation/unseen-bans.ts';
import { defineEvent } from '../define.ts';

/** Makes a case of a ban that was made in Discord itself, where the audit log cannot be seen. */
export default defineEvent({
  on: 'guildBanAdd',
  run: (context, ban) => recordUnseen(ban, 'ban', context),
});
