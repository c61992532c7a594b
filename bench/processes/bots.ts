import { join } from 'node:path';
import { DeadlineError } from '../../src/lib/errors.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Work } from '../bots/work.ts';
import type { AckScenario, Mode } from '../scenario.ts';
import { BotWatch } from './bot-watch.ts';
import type { Child } from './child.ts';
import type { Place } from './driver-process.ts';
import { botEnv, plainEnv, threadsOf } from './environment.ts';
import { botCommand, sourceCommand } from './runtimes.ts';

/** A first start makes a database. */
const STARTING_MS = 60_000;

/** A bot that is ready, and what burns beside it. */
export interface BotProcess extends AsyncDisposable {
  readonly pid: number;
  /** Where it tells how it is; the empty bot does not. */
  readonly httpUrl: string | undefined;
  /** Its eyes on its own event loop, where the bench can reach in. */
  readonly watch: BotWatch | undefined;
  /** Rejects when it ends by itself. */
  readonly died: Promise<never>;
}

/** What the bench has a bot do besides. */
type Loads = Pick<AckScenario, 'burn' | 'rules' | 'read'>;

/** Starts what a mode is made of, and waits until the bot is ready. */
export async function startBot(bench: Bench, mode: Mode, load: Loads, place: Place): Promise<BotProcess> {
  await using opened = new AsyncDisposableStack();
  const dataDir = join(bench.scratch, 'data');
  const env = { ...botEnv(place, dataDir), WORKER_THREADS: String(threadsOf(bench.options)) };
  const command = await commandOf(bench, mode, load);
  const bot = opened.use(bench.processes.start({ name: `the bot (${mode})`, command, cwd: bench.scratch, env }));
  const ready = await untilReady(bot, bench.signal);
  if (mode === 'busy-floor' && load.burn) await startBurners(bench, load.burn.iterations, opened);
  const within = (mode === 'offload' || mode === 'inline') && bench.options.runtime !== 'binary';
  const watch = within ? opened.use(new BotWatch(bot, bench.signal)) : undefined;
  const owned = opened.move();
  return {
    pid: bot.pid,
    httpUrl: ready.http,
    watch,
    died: bot.ended.then((how) => {
      throw new Error(`${bot.name} ${how}; its last words:\n${bot.tail}`);
    }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function commandOf({ options: { runtime, heldUp }, root }: Bench, mode: Mode, { burn, rules, read }: Loads) {
  if (mode === 'floor' || mode === 'busy-floor') return sourceCommand(runtime, root, 'bench/baselines/empty-bot.ts');
  if (mode === 'limit') return sourceCommand(runtime, root, 'bench/baselines/echo-bot.ts');
  if (runtime === 'binary') return botCommand(runtime, root, ['run']);
  const work: Work = {
    inline: mode === 'inline',
    ...(burn && { burn }),
    ...(rules && { rules }),
    ...(read && { read }),
    heldUp: heldUp === 'bot',
  };
  return sourceCommand(runtime, root, 'bench/bots/rockhopper.ts', [JSON.stringify(work)]);
}

/** Every bot says so in one line of its log. */
export async function untilReady(
  bot: Child,
  signal: AbortSignal,
  deadlineMs = STARTING_MS,
): Promise<{ readonly http: string | undefined }> {
  try {
    return await bot.next('it was ready', readyLine, { deadlineMs, signal });
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    throw new BenchError(`${bot.name} was not ready within ${deadlineMs / 1_000} s; its last words:\n${bot.tail}`);
  }
}

function readyLine(line: string): { http: string | undefined } | undefined {
  if (!line.startsWith('{') || !line.includes('"msg":"ready"')) return undefined;
  const told: unknown = JSON.parse(line);
  const http = typeof told === 'object' && told !== null && 'http' in told ? told.http : undefined;
  return { http: typeof http === 'string' ? http : undefined };
}

async function startBurners(
  { options, processes, root, scratch, signal }: Bench,
  iterations: number,
  opened: AsyncDisposableStack,
) {
  const command = await sourceCommand('bun', root, 'bench/baselines/burners.ts', [
    String(Math.ceil(threadsOf(options) / 2)),
    String(iterations),
  ]);
  const burners = opened.use(processes.start({ name: 'the burners', command, cwd: scratch, env: plainEnv() }));
  await untilReady(burners, signal);
}
