import { type Client, Events } from 'discord.js';
import { GatewayDispatchEvents, InteractionType } from 'discord-api-types/v10';
import type { Logger } from '../../lib/log.ts';
import type { Metrics } from '../../lib/metrics.ts';
import type { MessageObjects } from './message-objects.ts';

type MessageCreated = Parameters<MessageObjects['spares']>[0];

interface Watching {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly objects: MessageObjects;
}

const KNOWN_INTERACTIONS: ReadonlySet<unknown> = new Set([
  InteractionType.ApplicationCommand,
  InteractionType.MessageComponent,
  InteractionType.ApplicationCommandAutocomplete,
  InteractionType.ModalSubmit,
]);

/**
 * Keeps one malformed event from hurting the others: discord.js throws on it out of its own socket listener, where
 * nobody could catch it. Each is counted and logged, as is an interaction of a kind that discord.js drops in silence. Messages that `objects` spares it do not come to it.
 */
export function guardPackets(client: Client, { log, metrics, objects }: Watching): void {
  const handle: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof handle !== 'function') throw new TypeError('discord.js has no handlePacket any more: see guardPackets');
  const guarded = (packet: { readonly t?: unknown; readonly d?: unknown } | undefined, shard: unknown): unknown => {
    try {
      if (packet?.t === GatewayDispatchEvents.MessageCreate && objects.spares(packet.d as MessageCreated)) return true;
      return handle.call(client.ws, packet, shard);
    } catch (error) {
      metrics.gatewayEvents.inc({ event: 'malformed' });
      log.warn({ error, event: packet?.t }, 'an event could not be read and was passed over');
      return false;
    }
  };
  Reflect.set(client.ws, 'handlePacket', guarded);
  client.on(Events.Raw, ({ t, d }: { readonly t?: unknown; readonly d?: { readonly type?: unknown } | null }) => {
    if (t !== GatewayDispatchEvents.InteractionCreate || KNOWN_INTERACTIONS.has(d?.type)) return;
    metrics.gatewayEvents.inc({ event: 'unknown interaction' });
    log.warn({ type: d?.type }, 'an interaction of an unknown type was passed over');
  });
}
