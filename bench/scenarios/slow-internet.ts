import type { Outcome } from '../driver/load-tally.ts';
import { defineScenario, type Tools } from '../scenario.ts';

/** At eight seconds an answer, a hundred people wait. */
const EVERY_MS = 80;
const SETTLED_MS = 60_000;

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
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
  seconds: 8,
  short: { rounds: 1, seconds: 8 },
});

/** What asks a service outside, each in its turn. */
const ASKED = [
  ['xkcd', {}],
  ['wiki', { query: 'Penguin' }],
  ['github repo', { repository: 'rockhopper/rockhopper' }],
] as const;

/** Whoever may choose what a channel follows may do so a few times a minute. */
const FOLLOWED_EVERY = 25;

async function askOutside({ slash, outsideUrl }: Pick<Tools, 'slash' | 'outsideUrl'>, turn: number): Promise<Outcome> {
  const [name, options] = ASKED[turn % ASKED.length] ?? ASKED[0];
  const reply =
    turn % FOLLOWED_EVERY === 0
      ? await slash('feed add', { url: `${outsideUrl}/${turn}` }, { as: 'owner', settle: 'ack' })
      : await slash(name, options, { settle: 'ack' });
  const answered = ({ content, followUps }: typeof reply) => content !== '' || followUps.length > 0;
  await reply.until(answered, { deadlineMs: SETTLED_MS });
  return { kind: 'done' };
}
