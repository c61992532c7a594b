import { Type } from '@sinclair/typebox';
import { toPayload } from '../../services/answers/payload.ts';
import { quarantineEntry } from '../../services/patterns/quarantine-entry.ts';
import { Shape } from '../../services/patterns/shape.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { defineTimer } from '../timer.ts';

/** Tells a server's log that a pattern is out of use. */
export default defineTimer({
  payload: Type.Object({ source: Type.String(), ignoreCase: Type.Boolean(), shape: Shape }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload, send }, { settings, i18n, log }) {
    const { logChannel } = await settings.of(guild, 'logs');
    const { alertChannel } = await settings.of(guild, 'automod');
    const channel = logChannel ?? alertChannel;
    if (!channel) return { kind: 'done' };
    const { language: locale } = await settings.of(guild, 'general');
    try {
      await send(channel, toPayload(quarantineEntry(payload), { i18n, locale }));
    } catch (error) {
      if (channelRefusal(error) === undefined) throw error;
      log.info({ guild, error }, 'nobody could be told that a pattern is out of use');
    }
    return { kind: 'done' };
  },
});
