import { setTimeout } from 'node:timers/promises';
import type { GatewayFaults } from '../../sandbox/server/faults.ts';
import { defineScenario } from '../scenario.ts';

const EVERY_MS = 1_000;
/** One after the other: the line is cut, Discord asks for a new one, and after some of those it has forgotten the session. */
const STEPS: readonly ((gateway: GatewayFaults) => void)[] = [
  (gateway) => gateway.drop(),
  (gateway) => gateway.reconnect(),
  (gateway) => gateway.drop(4_000, 'again'),
  (gateway) => gateway.reconnect(),
  (gateway) => gateway.drop(),
  (gateway) => gateway.reconnect(),
  (gateway) => gateway.invalidSession(false),
];

/**
 * How long a person waits for an answer while the gateway breaks off every second. What is asked meanwhile waits at Discord until
 * the bot has resumed; while a forgotten session is begun anew, nobody hears, and what is asked is lost, for the floor too.
 */
export default defineScenario({
  kind: 'ack',
  about: '/ping every 50 ms while the gateway breaks off every second, and every seventh time forgets the session',
  modes: ['offload', 'floor'],
  load:
    async ({ sandbox, signal }) =>
    async () => {
      for (let step = 0; ; step++) {
        const over = await setTimeout(EVERY_MS, false, { signal }).catch(() => true);
        if (over) return;
        STEPS[step % STEPS.length]?.(sandbox.faults.gateway);
      }
    },
  onlyWaits: true,
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
});
