import { defineScenario } from '../scenario.ts';

/** How long a person waits for an answer while nothing else goes on: what the bot adds to the floor, and that to the limit. */
export default defineScenario({
  kind: 'ack',
  about: '/ping every 50 ms while nothing else goes on',
  modes: ['offload', 'floor', 'limit'],
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
  quick: { rounds: 1, seconds: 2.5 },
});
