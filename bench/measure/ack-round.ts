import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import type { Bench } from '../bench.ts';
import { lanesOf, lateBetween, type Readings, readingsOf } from '../processes/bot-status.ts';
import type { Seen } from '../processes/bot-watch.ts';
import { type BotProcess, startBot } from '../processes/bots.ts';
import type { Driver } from '../processes/driver-process.ts';
import { type CpuTime, cpuTime } from '../processes/usage.ts';
import type { AckRound } from '../report/report.ts';
import type { AckScenario, Mode } from '../scenario.ts';
import { CpuProfile, type Flame, flameOf } from './flame.ts';
import { Latencies } from './latencies.ts';
import { flowOf } from './message-flow.ts';
import { seriesOf } from './series.ts';
import { memoryOver, watchUsage } from './usage-over-time.ts';
import { whyInvalid } from './validity.ts';

export interface RoundAsked {
  readonly bench: Bench;
  readonly driver: Driver;
  readonly name: string;
  readonly scenario: AckScenario;
  readonly mode: Mode;
  readonly seconds: number;
  /** Which round of this mode it is. */
  readonly turn: number;
}

/** One round: a fresh bot, a warm-up, and the measurement with the bot's own figures before and after. */
export async function ackRound(asked: RoundAsked): Promise<AckRound> {
  const { bench, driver, name, scenario, mode, seconds } = asked;
  await using bot = await startBot(bench, mode, scenario, driver.place);
  const { runtime, heldUp } = bench.options;
  const profile = bot.watch && profileFile(asked);
  const steps = async () => {
    await driver.warm({ scenario: name, mode, runtime, seconds, heldUp: heldUp === 'driver' });
    const before = await lookAt(bot);
    using watch = await watchUsage(bot.pid);
    await bot.watch?.begin(profile);
    const measured = await driver.measure(seconds);
    const after = await lookAt(bot);
    const seen = await bot.watch?.end();
    const { took, ...counts } = await driver.settle();
    const usage = await watch.end();
    return {
      before,
      measured,
      after,
      seen,
      usage,
      load: { ...counts, took: Latencies.decode(took).percentiles() },
      took,
    };
  };
  const { before, measured, after, seen, usage, load, took } = await Promise.race([steps(), bot.died]);
  const own = betweenLooks(before, after, scenario.messages !== undefined);
  const memory = memoryOver(usage);
  const flame = profile && seen && (await flameFrom(profile, seen));
  const { sent, lost, refused, deferred, firstLoss, ack, answer, late, loop, course } = measured;
  const { inPool, ...told } = own;
  const round = {
    mode,
    seconds,
    ...{ sent, lost, refused, deferred, ...(firstLoss !== undefined && { firstLoss }) },
    ...{ ack: Latencies.decode(ack).percentiles(), answer: Latencies.decode(answer).percentiles() },
    histograms: { ack, answer, took },
    driver: { late: Latencies.decode(late).percentiles(), loop },
    ...told,
    tasks: told.messages ? told.messages.analysed : (inPool ?? load.doneMeanwhile),
    load,
    ...(memory && { memory }),
    series: seriesOf(course, usage, seen),
    ...(flame && { flame }),
  };
  const loaded = !scenario.onlyWaits && (scenario.burn !== undefined || scenario.load !== undefined);
  const worked = mode === 'offload' || mode === 'inline';
  return { ...round, invalid: whyInvalid(round, { mustWork: loaded && worked }) };
}

interface Look {
  readonly own: Readings | undefined;
  readonly cpu: CpuTime | undefined;
  readonly done: number | undefined;
}

/** What can be told of the bot from outside, and its own view where it gives one. Reading the loop begins it anew. */
async function lookAt({ pid, httpUrl }: BotProcess): Promise<Look> {
  const lanes = httpUrl === undefined ? undefined : await lanesOf(httpUrl);
  const own = httpUrl === undefined ? undefined : await readingsOf(httpUrl);
  return { own, cpu: await cpuTime(pid), done: lanes?.bulk.done };
}

/** What two looks say of the time between them. */
function betweenLooks(before: Look, after: Look, hasMessages: boolean) {
  const [was, is] = [before.own, after.own];
  return {
    ...(was &&
      is && {
        loop: is.loop,
        late: lateBetween(was.late, is.late),
        heap: is.heap,
        database: {
          queries: is.database.queries - was.database.queries,
          ms: is.database.ms - was.database.ms,
        },
        ...(hasMessages && { messages: flowOf(was.messages, is.messages) }),
      }),
    ...(before.cpu &&
      after.cpu && {
        cpu: { mainMs: after.cpu.mainMs - before.cpu.mainMs, othersMs: after.cpu.othersMs - before.cpu.othersMs },
      }),
    inPool: before.done === undefined || after.done === undefined ? undefined : after.done - before.done,
  };
}

function profileFile({ bench: { options }, name, mode, turn }: RoundAsked): string | undefined {
  return options.profiles && join(options.profiles, `${name.replaceAll('/', '-')}-${mode}-${turn}.cpuprofile`);
}

async function flameFrom(file: string, { late, profiledFrom = 0 }: Seen): Promise<Flame | undefined> {
  const profile: unknown = JSON.parse(await readFile(file, 'utf8'));
  return Value.Check(CpuProfile, profile) ? flameOf(profile, profiledFrom, late) : undefined;
}
