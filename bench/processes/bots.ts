import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import type { AckScenario, Mode } from '../scenario.ts';
import type { Child } from './child.ts';
import type { Place } from './driver-process.ts';
import { botEnv, plainEnv, THREADS } from './environment.ts';
import { botCommand, sourceCommand } from './runtimes.ts';

/** A first start makes a database. */
const STARTING_MS = 60_000;

/** A bot that is ready, and what burns beside it. */
export interface BotProcess extends AsyncDisposable {
  readonly pid: number;
  /** Where it tells how it is; the empty bot does not. */
  readonly httpUrl: string | undefined;
  /** Rejects when it ends by itself. */
  readonly died: Promise<never>;
}

/** Starts what a mode is made of, and waits until the bot is ready. */
export async function startBot(
  bench: Bench,
  mode: Mode,
  load: Pick<AckScenario, 'burn' | 'rules'>,
  place: Place,
): Promise<BotProcess> {
  await using opened = new AsyncDisposableStack();
  const dataDir = join(bench.scratch, 'data');
  const env = { ...botEnv(place, dataDir), WORKER_THREADS: String(THREADS) };
  const command = await commandOf(bench, mode, load);
  const bot = opened.use(bench.processes.start({ name: `the bot (${mode})`, command, cwd: bench.scratch, env }));
  const ready = await untilReady(bot, bench.signal);
  if (mode === 'busy-floor' && load.burn) await startBurners(bench, load.burn.iterations, opened);
  const owned = opened.move();
  return {
    pid: bot.pid,
    httpUrl: ready.http,
    died: bot.ended.then((how) => {
      throw new Error(`${bot.name} ${how}; its last words:\n${bot.tail}`);
    }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function commandOf(
  { options: { runtime }, root }: Bench,
  mode: Mode,
  { burn, rules }: Pick<AckScenario, 'burn' | 'rules'>,
) {
  if (mode === 'floor' || mode === 'busy-floor') return sourceCommand(runtime, root, 'bench/baselines/empty-bot.ts');
  if (runtime === 'binary') return botCommand(runtime, root, ['run']);
  const work = JSON.stringify({ inline: mode === 'inline', ...(burn && { burn }), ...(rules && { rules }) });
  return sourceCommand(runtime, root, 'bench/bots/rockhopper.ts', [work]);
}

/** Every bot says so in one line of its log. */
export async function untilReady(bot: Child, signal: AbortSignal): Promise<{ readonly http: string | undefined }> {
  return bot.next('it was ready', readyLine, { deadlineMs: STARTING_MS, signal });
}

function readyLine(line: string): { http: string | undefined } | undefined {
  if (!line.startsWith('{') || !line.includes('"msg":"ready"')) return undefined;
  const told: unknown = JSON.parse(line);
  const http = typeof told === 'object' && told !== null && 'http' in told ? told.http : undefined;
  return { http: typeof http === 'string' ? http : undefined };
}

async function startBurners(
  { processes, root, scratch, signal }: Bench,
  iterations: number,
  opened: AsyncDisposableStack,
) {
  const command = await sourceCommand('bun', root, 'bench/baselines/burners.ts', [
    String(THREADS / 2),
    String(iterations),
  ]);
  const burners = opened.use(processes.start({ name: 'the burners', command, cwd: scratch, env: plainEnv() }));
  await untilReady(burners, signal);
}
