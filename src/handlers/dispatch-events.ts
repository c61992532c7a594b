import type { ClientEvents } from 'discord.js';
import type { Context } from '../context.ts';
import { StoppingError } from '../lib/errors.ts';
import type { EventHandler } from './define.ts';

const DEADLINE_MS = 30_000;

/** Attaches every event handler; each run is tracked, and what one throws is logged here and hurts no other. */
export function dispatchEvents(context: Context, handlers: Readonly<Record<string, EventHandler>>): Disposable {
  const { discord, inFlight, log, monitor } = context;
  const attached = Object.entries(handlers).map(([name, handler]) => {
    const what = `event ${name}`;
    const listener = (...args: ClientEvents[keyof ClientEvents]) => {
      monitor.label(what);
      inFlight
        .track(what, async () => handler.run(context, ...(args as never[])), { deadlineMs: DEADLINE_MS })
        .catch((error: unknown) => {
          if (error instanceof StoppingError) return;
          log.error({ error, event: name }, 'an event handler failed');
        });
    };
    discord.on(handler.on, listener);
    return () => discord.off(handler.on, listener);
  });
  return {
    [Symbol.dispose]: () => {
      for (const detach of attached) detach();
    },
  };
}
