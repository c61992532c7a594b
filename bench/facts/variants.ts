import { setTimeout } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { Latencies, type Percentiles } from '../measure/latencies.ts';
import { startBot } from '../processes/bots.ts';
import { addChannels } from './timer-storm.ts';

export const FLOOD = { variants: 50, channels: 10, authors: 5 } as const;
/** Between two of them: all are there within a second. Milliseconds. */
const EVERY_MS = 20;
const PATIENCE_MS = 30_000;

/** What became of a flood. Milliseconds. */
export interface FloodTold {
  readonly left: number;
  /** From the last being written to the last being gone. */
  readonly lastGoneMs: number;
  /** How long each was there. */
  readonly life: Percentiles;
}

/** Five people write the same in ten channels, each time a little different, at Discord's rate limits. */
export async function floodOf(bench: Bench): Promise<FloodTold> {
  await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'discord' });
  const channels = await addChannels(discord, FLOOD.channels);
  const authors = Object.keys(discord.people)
    .filter((person) => person.startsWith('extra'))
    .slice(0, FLOOD.authors);
  await using bot = await startBot(bench, 'offload', { rules: 'variants' }, discord);
  // The rules are compiled with the first message.
  await discord.message({ as: pick(authors, 0), channel: pick(channels, 0), content: 'good morning' });
  await setTimeout(1_000);
  const writtenAt = new Map<string, number>();
  const life = new Latencies();
  const all = Promise.withResolvers<void>();
  let lastAt = 0;
  using _listening = onDeleted(discord, (id) => {
    const at = writtenAt.get(id);
    if (at === undefined || !writtenAt.delete(id)) return;
    lastAt = performance.now();
    life.record(lastAt - at);
    if (life.percentiles().count === FLOOD.variants) all.resolve();
  });
  let lastWrittenAt = 0;
  for (let at = 0; at < FLOOD.variants; at++) {
    lastWrittenAt = performance.now();
    const [as, channel] = [pick(authors, at), pick(channels, at)];
    const { id } = await discord.message({ as, channel, content: variantOf(at) });
    writtenAt.set(id, lastWrittenAt);
    await setTimeout(EVERY_MS, undefined, { signal: bench.signal });
  }
  await Promise.race([all.promise, bot.died, setTimeout(PATIENCE_MS, undefined, { signal: bench.signal })]);
  return { left: writtenAt.size, lastGoneMs: lastAt - lastWrittenAt, life: life.percentiles() };
}

/** The same offer, spelt and decorated in other ways. */
function variantOf(at: number): string {
  const base =
    'Hello friends, I give away three months of the premium plan for free to the first fifty people who visit my page today';
  const spelt = [
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.replaceAll('e', 'е').replaceAll('o', 'о'),
    (text: string) => [...text].join('\u200b'),
    (text: string) => `**${text}** !!!`,
    (text: string) => text.replaceAll('a', 'á'),
    (text: string) => `${text} 🎉🎉`,
    (text: string) => text.replace('friends', 'everybody'),
    (text: string) => text.replace('today', 'right now'),
    (text: string) => text.replaceAll(' ', '  '),
  ];
  return `${pick(spelt, at)(base)} ${at}`;
}

/** One after the other, and from the beginning again. */
function pick<T>(from: readonly T[], at: number): T {
  const one = from[at % from.length];
  if (one === undefined) throw new BenchError('there is nothing to pick from');
  return one;
}

function onDeleted(discord: Sandbox, gone: (id: string) => void): Disposable {
  const heard = ({ t, d }: { readonly t: string; readonly d: unknown }) => {
    if (typeof d !== 'object' || d === null) return;
    if (t === 'MESSAGE_DELETE' && 'id' in d) gone(String(d.id));
    if (t === 'MESSAGE_DELETE_BULK' && 'ids' in d && Array.isArray(d.ids)) for (const id of d.ids) gone(String(id));
  };
  discord.state.listeners.add(heard);
  return { [Symbol.dispose]: () => discord.state.listeners.delete(heard) };
}
