import { writeFile } from 'node:fs/promises';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Prepared } from '../load/hostile-files.ts';
import { takeLoopDelays } from '../processes/bot-status.ts';
import { type BotProcess, startBot } from '../processes/bots.ts';
import { type Memory, memoryOf } from '../processes/usage.ts';

const LONGEST_MS = 180_000;

/** What sending files to `/inspect` cost. Milliseconds, and bytes of resident memory above the level before. */
export interface Cost {
  /** From the interaction being written to its card or refusal, for each file. */
  readonly answerMs: readonly number[];
  readonly growth: number;
  /** The level before. */
  readonly before: number;
  /** The bot's own word. */
  readonly loopP99: number;
}

/** A bot that people send files to; the local Discord is in this process. */
export class InspectingBot implements AsyncDisposable {
  readonly #sandbox: Sandbox;
  readonly #bot: BotProcess;
  readonly #httpUrl: string;
  readonly #opened: AsyncDisposableStack;
  #turn = 0;

  private constructor(sandbox: Sandbox, bot: BotProcess, httpUrl: string, opened: AsyncDisposableStack) {
    this.#sandbox = sandbox;
    this.#bot = bot;
    this.#httpUrl = httpUrl;
    this.#opened = opened;
  }

  static async start(bench: Bench): Promise<InspectingBot> {
    await using opened = new AsyncDisposableStack();
    const sandbox = opened.use(await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off' }));
    const bot = opened.use(await startBot(bench, 'offload', {}, sandbox));
    if (bot.httpUrl === undefined) throw new BenchError('the bot does not say how it is');
    return new InspectingBot(sandbox, bot, bot.httpUrl, opened.move());
  }

  /** Sends all of them at once and waits for every answer. */
  async inspect(files: readonly Prepared[]): Promise<Cost> {
    const before = await this.#levelFromNowOn();
    await takeLoopDelays(this.#httpUrl);
    const answerMs = await Promise.race([Promise.all(files.map((file) => this.#ask(file))), this.#bot.died]);
    const { p99: loopP99 } = await takeLoopDelays(this.#httpUrl);
    const { peak } = await this.#memory();
    return { answerMs, growth: Math.max(0, peak - before), before, loopP99 };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#opened.disposeAsync();
  }

  /** Somebody else each time, since nobody may ask as often as this. */
  async #ask({ name, bytes }: Prepared): Promise<number> {
    const people = Object.keys(this.#sandbox.people).filter((person) => person.startsWith('extra'));
    const as = people[this.#turn++ % people.length] ?? 'member';
    const asked = { as, settle: 'answer', deadlineMs: LONGEST_MS } as const;
    const reply = await this.#sandbox.slash('inspect', { file: { name, bytes } }, asked);
    // A refusal is for one person alone: after "thinking…" it comes as a message of its own.
    const answered = ({ content, ephemeral, followUps }: typeof reply) =>
      content.startsWith('###') || ephemeral || followUps.length > 0;
    await reply.until(answered, { deadlineMs: LONGEST_MS });
    const interaction = this.#sandbox.state.interactions.get(reply.interactionId);
    if (!interaction) throw new BenchError(`the local Discord forgot who asked about ${name}`);
    return performance.now() - interaction.writtenAt;
  }

  /** Makes the kernel count the peak anew. */
  async #levelFromNowOn(): Promise<number> {
    await writeFile(`/proc/${this.#bot.pid}/clear_refs`, '5').catch((cause: unknown) => {
      throw new BenchError('the peak of memory cannot be measured here: this needs Linux', { cause });
    });
    return (await this.#memory()).resident;
  }

  async #memory(): Promise<Memory> {
    const memory = await memoryOf(this.#bot.pid);
    if (!memory) throw new BenchError('the memory of the bot cannot be read: this needs Linux');
    return memory;
  }
}
