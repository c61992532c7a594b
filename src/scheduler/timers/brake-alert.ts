import { Type } from '@sinclair/typebox';
import { DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Brake, findBrake, markOwnerTold } from '../../db/brakes.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { brakeAlert } from '../../services/moderation/brake-alert.ts';
import { serverOf } from '../../services/moderation/members.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { type Delivery, defineTimer } from '../timer.ts';

/** Tells a server's owner in a direct message, and its logs, that an account did too much. */
export default defineTimer({
  payload: Type.Object({ brake: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ payload, send }, context) {
    const brake = await findBrake(context.db, payload.brake);
    if (!brake) return { kind: 'done' };
    // That Discord is slow to one of them keeps no other waiting.
    const [owner] = await Promise.allSettled([tellOwner(brake, send, context)]);
    const ownerTold = owner.status === 'fulfilled' ? owner.value : null;
    const places = await tellLogs({ ...brake, ownerTold }, send, context);
    if (owner.status === 'rejected') throw owner.reason; // and is tried again; the logs are told once
    if (ownerTold === 'closed' && places === 0) {
      context.log.error(
        { guild: brake.guild, account: brake.actor },
        'nobody could be told that an account did too much',
      );
    }
    return { kind: 'done' };
  },
});

async function tellOwner(brake: Brake, send: Delivery['send'], context: Context): Promise<'yes' | 'closed'> {
  const told = await unlessRefused(
    async () => {
      const { ownerId } = await serverOf(brake.guild, context);
      const { id } = await context.discord.users.createDM(ownerId);
      await send(id, await bodyOf(brake, context));
    },
    brake,
    context,
  );
  await markOwnerTold(context.db, brake.id, told ? 'yes' : 'closed');
  return told ? 'yes' : 'closed';
}

/** In how many channels it could be said. */
async function tellLogs(brake: Brake, send: Delivery['send'], context: Context): Promise<number> {
  const { logChannel, ownersChannel } = await context.settings.of(brake.guild, 'logs');
  const message = await bodyOf(brake, context);
  let count = 0;
  for (const channel of new Set([logChannel, ownersChannel])) {
    if (channel && (await unlessRefused(() => send(channel, message), brake, context))) count += 1;
  }
  return count;
}

async function bodyOf(brake: Brake, context: Context): Promise<{ readonly body: object }> {
  const { settings, i18n } = context;
  const { language: locale } = await settings.of(brake.guild, 'general');
  return { body: toPayload(await brakeAlert(brake, context), { i18n, locale }).body };
}

/** Whether they could be told; that one takes no message does not keep the others from getting it. */
async function unlessRefused(tell: () => Promise<unknown>, { guild }: Brake, { log }: Context): Promise<boolean> {
  try {
    await tell();
    return true;
  } catch (error) {
    const closed = error instanceof DiscordAPIError && error.status === 403;
    if (!closed && channelRefusal(error) === undefined && !(error instanceof UnsureSentError)) throw error;
    log.warn({ guild, error }, 'not everybody could be told that an account did too much');
    return false;
  }
}
