import { type ClientEvents, Events } from 'discord.js';
import type { Context } from '../context.ts';
import { StoppingError } from '../lib/errors.ts';
import type { EventHandler, PacketHandler } from './define.ts';

const DEADLINE_MS = 30_000;
const NONE: readonly never[] = [];

/** Attaches every event handler; each run is tracked, and what one throws is logged here and hurts no other. */
export function dispatchEvents(
  context: Context,
  handlers: Readonly<Record<string, EventHandler | PacketHandler>>,
): Disposable {
  const all = Object.entries(handlers);
  const attached = all.flatMap(([name, handler]) => ('on' in handler ? [attach(name, handler, context)] : []));
  attached.push(
    hear(
      all.flatMap(([name, handler]) => ('packet' in handler ? [{ name, handler }] : [])),
      context,
    ),
  );
  return {
    [Symbol.dispose]: () => {
      for (const detach of attached) detach();
    },
  };
}

function attach(name: string, handler: EventHandler, context: Context): () => void {
  const { discord, gateway, inFlight, log, monitor } = context;
  const what = `event ${name}`;
  const failed = (error: unknown) => {
    if (!(error instanceof StoppingError)) log.error({ error, event: name }, 'an event handler failed');
  };
  const listener = (...args: ClientEvents[keyof ClientEvents]) => {
    if (inFlight.stopping) return;
    monitor.label(what);
    try {
      // Most of the time there is nothing to be waited for, and then it costs no more than the call.
      const work = handler.run(context, ...(args as never[]));
      if (work) inFlight.track(what, () => work, { deadlineMs: DEADLINE_MS }).catch(failed);
    } catch (error) {
      failed(error);
    }
  };
  discord.on(handler.on, listener);
  const { concerns = () => true } = handler;
  const wanting = handler.on === Events.MessageCreate && gateway.objects.want((message) => concerns(context, message));
  return () => {
    discord.off(handler.on, listener);
    if (wanting) wanting[Symbol.dispose]();
  };
}

/** One listener for all of them: most of what comes concerns one or none. */
function hear(
  all: readonly { readonly name: string; readonly handler: PacketHandler }[],
  context: Context,
): () => void {
  const { discord, log, monitor } = context;
  const byPacket = new Map<
    unknown,
    { readonly name: string; readonly what: string; readonly handler: PacketHandler }[]
  >();
  for (const { name, handler } of all) {
    const others = byPacket.get(handler.packet) ?? [];
    byPacket.set(handler.packet, [...others, { name, what: `event ${name}`, handler }]);
  }
  const listener = ({ t, d }: { readonly t?: unknown; readonly d?: unknown }) => {
    for (const { name, what, handler } of byPacket.get(t) ?? NONE) {
      monitor.label(what);
      try {
        handler.run(context, d as never); // the packet's name says what it is
      } catch (error) {
        log.error({ error, event: name }, 'an event could not be taken');
      }
    }
  };
  discord.on(Events.Raw, listener);
  return () => discord.off(Events.Raw, listener);
}
