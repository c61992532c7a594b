import { Type } from '@sinclair/typebox';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { inTimeoutUntil, setTimeoutUntil } from '../timeouts.ts';

/** Ends a member's timeout. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  ends: ['timeout', 'self-timeout'],
  async refuse({ guild, target }, { discord, now }) {
    const member = discord.guilds.cache.get(guild)?.members.cache.get(target); // it has just been asked for
    return inTimeoutUntil(member, now()) ? undefined : t('moderation.already.notInTimeout');
  },
  async act(doing) {
    await setTimeoutUntil(doing, null);
  },
});
