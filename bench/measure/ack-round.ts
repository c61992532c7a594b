import type { Bench } from '../bench.ts';
import { lanesOf, messagesOf, takeLoopDelays } from '../processes/bot-status.ts';
import { type BotProcess, startBot } from '../processes/bots.ts';
import type { Driver } from '../processes/driver-process.ts';
import { cpuTime } from '../processes/usage.ts';
import type { AckRound } from '../report/report.ts';
import type { AckScenario, Mode } from '../scenario.ts';
import { Latencies } from './latencies.ts';
import { watchMemory } from './memory-over-time.ts';
import { flowOf } from './message-flow.ts';
import { whyInvalid } from './validity.ts';

export interface RoundAsked {
  readonly bench: Bench;
  readonly driver: Driver;
  readonly name: string;
  readonly scenario: AckScenario;
  readonly mode: Mode;
  readonly seconds: number;
}

/** One round: a fresh bot, a warm-up, and the measurement with the bot's own figures before and after. */
export async function ackRound({ bench, driver, name, scenario, mode, seconds }: RoundAsked): Promise<AckRound> {
  await using bot = await startBot(bench, mode, scenario, driver.place);
  const { runtime } = bench.options;
  const steps = async () => {
    await driver.warm({ scenario: name, mode, runtime, seconds });
    using watch = await watchMemory(bot.pid);
    const before = await lookAt(bot, scenario);
    const measured = await driver.measure(seconds);
    const after = await lookAt(bot, scenario);
    const { took, ...counts } = await driver.settle();
    const load = { ...counts, took: Latencies.decode(took).percentiles() };
    return { before, measured, after, load, histogram: took, memory: await watch.end() };
  };
  const { before, measured, after, load, histogram, memory } = await Promise.race([steps(), bot.died]);
  const inPool = after.done === undefined || before.done === undefined ? undefined : after.done - before.done;
  const flow = before.messages && after.messages && flowOf(before.messages, after.messages);
  const { sent, lost, refused, deferred, firstLoss, ack, answer, late, loop } = measured;
  const round = {
    mode,
    seconds,
    ...{ sent, lost, refused, deferred, ...(firstLoss !== undefined && { firstLoss }) },
    ...{ ack: Latencies.decode(ack).percentiles(), answer: Latencies.decode(answer).percentiles() },
    histograms: { ack, answer, took: histogram },
    driver: { late: Latencies.decode(late).percentiles(), loop },
    ...(after.loop && { loop: after.loop }),
    tasks: flow ? flow.analysed : (inPool ?? load.doneMeanwhile),
    ...(flow && { messages: flow }),
    load,
    ...(before.cpu &&
      after.cpu && {
        cpu: { mainMs: after.cpu.mainMs - before.cpu.mainMs, othersMs: after.cpu.othersMs - before.cpu.othersMs },
      }),
    ...(memory && { memory }),
  };
  const loaded = !scenario.onlyWaits && (scenario.burn !== undefined || scenario.load !== undefined);
  const worked = mode === 'offload' || mode === 'inline';
  return { ...round, invalid: whyInvalid(round, { mustWork: loaded && worked }) };
}

/** What can be told of the bot from outside, and its own view where it gives one. Reading the loop begins it anew. */
async function lookAt({ pid, httpUrl }: BotProcess, { messages: some }: AckScenario) {
  const lanes = httpUrl === undefined ? undefined : await lanesOf(httpUrl);
  const loop = httpUrl === undefined ? undefined : await takeLoopDelays(httpUrl);
  const messages = httpUrl === undefined || !some ? undefined : await messagesOf(httpUrl);
  return { loop, messages, cpu: await cpuTime(pid), done: lanes?.bulk.done };
}
