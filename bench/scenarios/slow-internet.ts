import { askOutside } from '../load/outside.ts';
import { defineScenario } from '../scenario.ts';

/** At eight seconds an answer, a hundred people wait. */
const EVERY_MS = 80;

/**
 * How long a person waits for an answer while every service outside hangs: a hundred commands that ask one are under way
 * until their time is up; from then on the bot leaves the service alone and says so at once. The floor answers each.
 */
export default defineScenario({
  kind: 'ack',
  about: '/ping every 50 ms while every service outside hangs for 10 s and 100 commands wait for one',
  modes: ['offload', 'floor'],
  load:
    async ({ slash, arrive, outsideUrl }) =>
    () => {
      let turn = 0;
      return arrive(EVERY_MS, () => askOutside({ slash, outsideUrl }, turn++));
    },
  onlyWaits: true,
  long: true,
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
  own: { seconds: 8 },
});
