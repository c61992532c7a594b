import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { makeUser } from '../../sandbox/server/state/users.ts';
import { delay } from '../../src/lib/deadline.ts';
import { customIdsIn } from '../../src/services/timers/send-once.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Percentiles } from '../measure/latencies.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand } from '../processes/runtimes.ts';
import type { TimerDatabase } from './timer-database.ts';
import { probeUntil } from './timer-storm.ts';

export const PEOPLE = 500;
const FIRST = 300_000_000_000_000_000n;
const PATIENCE_MS = 240_000;

/** What came of a run. Milliseconds, from the press to the last ban. */
export interface Banned {
  readonly banned: number;
  readonly tookMs: number;
  readonly ack: Percentiles;
}

/** Has 500 strangers be banned, while people ask for `/ping`. Those to be told go five at a time, others in bulk. */
export async function banMany(bench: Bench, { url }: TimerDatabase, discord: Sandbox, tell: boolean): Promise<Banned> {
  const { processes, scratch, root, options, signal } = bench;
  const env = { ...botEnv(discord, join(scratch, `massban-${tell}`)), DATABASE_URL: url };
  const command = await botCommand(options.runtime, root, ['run']);
  await using bot = processes.start({ name: 'the bot (massban)', command, cwd: scratch, env });
  await untilReady(bot, signal);
  const ids = strangers(discord, tell ? BigInt(PEOPLE) : 0n);
  const file = { name: 'raid.txt', contentType: 'text/plain', bytes: new TextEncoder().encode(ids.join('\n')) };
  const shown = await discord.slash('massban', { file, tell }, { as: 'owner', deadlineMs: 30_000 });
  const [button] = customIdsIn(shown.message);
  if (!shown.message || button === undefined) throw new BenchError('nothing was shown to confirm');
  const all = Promise.withResolvers<void>();
  let banned = 0;
  let lastAt = performance.now();
  const heard = ({ t }: { readonly t: string }) => {
    if (t !== 'GUILD_BAN_ADD') return;
    lastAt = performance.now();
    banned += 1;
    if (banned === PEOPLE) all.resolve();
  };
  discord.state.listeners.add(heard);
  using _ = { [Symbol.dispose]: () => discord.state.listeners.delete(heard) };
  const began = performance.now();
  await discord.click(shown.message, button, { as: 'owner', settle: 'ack' });
  const ack = await probeUntil(discord, Promise.race([all.promise, delay(PATIENCE_MS, { signal })]));
  return { banned, tookMs: lastAt - began, ack };
}

function strangers({ state }: Sandbox, from: bigint): readonly string[] {
  return Array.from({ length: PEOPLE }, (_, at) => {
    const id = String(FIRST + from + BigInt(at));
    state.users.set(id, makeUser({ id, username: `skua_${id}` }));
    return id;
  });
}
