import type { Outcome } from '../driver/load-tally.ts';
import type { Tools } from '../scenario.ts';

const SETTLED_MS = 60_000;
/** What asks a service outside, each in its turn. */
const ASKED = [
  ['xkcd', {}],
  ['wiki', { query: 'Penguin' }],
  ['github repo', { repository: 'rockhopper/rockhopper' }],
] as const;
/** Whoever may choose what a channel follows may do so a few times a minute. */
const FOLLOWED_EVERY = 25;

/** Somebody asks a service outside that says nothing, and waits until the bot says so. */
export async function askOutside(
  { slash, outsideUrl }: Pick<Tools, 'slash' | 'outsideUrl'>,
  turn: number,
): Promise<Outcome> {
  const [name, options] = ASKED[turn % ASKED.length] ?? ASKED[0];
  const reply =
    turn % FOLLOWED_EVERY === 0
      ? await slash('feed add', { url: `${outsideUrl}/${turn}` }, { as: 'owner', settle: 'ack' })
      : await slash(name, options, { settle: 'ack' });
  const answered = ({ content, followUps }: typeof reply) => content !== '' || followUps.length > 0;
  await reply.until(answered, { deadlineMs: SETTLED_MS });
  return { kind: 'done' };
}
