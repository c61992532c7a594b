import { Value } from '@sinclair/typebox/value';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { LoadTold } from '../driver/load-tally.ts';
import { type Measured, type Order, Said } from '../driver/protocol.ts';
import type { Child } from './child.ts';
import { plainEnv } from './environment.ts';
import { sourceCommand } from './runtimes.ts';

const STARTING_MS = 30_000;
/** Beyond what is measured: the warm-up, the last answers, a machine that is busy. */
const SPARE_MS = 60_000;

/** Where the local Discord is. */
export interface Place {
  readonly url: string;
  readonly apiUrl: string;
  readonly cdnUrl: string;
  readonly token: string;
  /** What stands for every service outside; where there is none, the bot knows the real ones and is not made to ask. */
  readonly outsideUrl?: string;
}

/** The driver, seen from the bench. */
export class Driver {
  readonly place: Place;
  readonly #child: Child;
  readonly #signal: AbortSignal;

  constructor(child: Child, place: Place, signal: AbortSignal) {
    this.#child = child;
    this.place = place;
    this.#signal = signal;
  }

  async warm(order: Omit<Extract<Order, { order: 'warm' }>, 'order'>): Promise<void> {
    await this.#ask({ order: 'warm', ...order }, 'warmed', SPARE_MS);
  }

  async measure(seconds: number): Promise<Measured> {
    return this.#ask({ order: 'measure' }, 'measured', seconds * 1_000 + SPARE_MS);
  }

  /** Ends the load; people wait for their last answers as long as they would. */
  async settle(): Promise<LoadTold> {
    const { load } = await this.#ask({ order: 'settle' }, 'settled', 2 * SPARE_MS);
    return load;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }

  async #ask<K extends Said['said']>(order: Order, wanted: K, deadlineMs: number): Promise<Extract<Said, { said: K }>> {
    const answer = this.#child.next(wanted, (line) => heard(line, wanted), { deadlineMs, signal: this.#signal });
    this.#child.send(order);
    return answer;
  }
}

/** Starts the local Discord with the people in it, in a process of their own. Always on Bun: it is not what is measured. */
export async function startDriver({ processes, root, scratch, signal }: Bench): Promise<Driver> {
  const command = await sourceCommand('bun', root, 'bench/driver.ts');
  const child = processes.start({ name: 'the driver', command, cwd: scratch, env: plainEnv() });
  const place = await child.next('it was ready', (line) => heard(line, 'ready'), { deadlineMs: STARTING_MS, signal });
  return new Driver(child, place, signal);
}

function heard<K extends Said['said']>(line: string, wanted: K): Extract<Said, { said: K }> | undefined {
  const said: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  if (!Value.Check(Said, said)) return undefined;
  if (said.said === 'failed') throw new BenchError(`the driver failed: ${said.why}`);
  return is(said, wanted) ? said : undefined;
}

function is<K extends Said['said']>(said: Said, wanted: K): said is Extract<Said, { said: K }> {
  return said.said === wanted;
}
