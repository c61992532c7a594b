import { Value } from '@sinclair/typebox/value';
import { type LateTurn, type LoopSample, Watched, type WatchOrder } from '../bots/watch-protocol.ts';
import type { Child } from './child.ts';

const ANSWER_MS = 30_000;

/** What a bot of the bench's told of its event loop, from when the watch began. */
export interface Seen {
  readonly samples: readonly LoopSample[];
  readonly late: readonly LateTurn[];
  /** When its profile begins, in milliseconds since the watch began, if one was taken. */
  readonly profiledFrom?: number;
}

/** The watch that a bot of the bench's keeps over itself, seen from the bench. */
export class BotWatch implements Disposable {
  readonly #child: Child;
  readonly #signal: AbortSignal;
  readonly #samples: LoopSample[] = [];
  readonly #late: LateTurn[] = [];
  readonly #hearing: Disposable;

  constructor(child: Child, signal: AbortSignal) {
    this.#child = child;
    this.#signal = signal;
    this.#hearing = child.hear((line) => this.#take(heard(line)));
  }

  async begin(profile: string | undefined): Promise<void> {
    await this.#ask({ watch: 'begin', ...(profile !== undefined && { profile }) }, 'begun');
  }

  async end(): Promise<Seen> {
    const { profiledFrom } = await this.#ask({ watch: 'end' }, 'ended');
    return { samples: this.#samples, late: this.#late, ...(profiledFrom !== undefined && { profiledFrom }) };
  }

  [Symbol.dispose](): void {
    this.#hearing[Symbol.dispose]();
  }

  #take(watched: Watched | undefined): void {
    if (watched?.watched === 'sample') this.#samples.push(watched);
    if (watched?.watched === 'late') this.#late.push(watched);
  }

  async #ask<K extends Watched['watched']>(order: WatchOrder, wanted: K): Promise<Extract<Watched, { watched: K }>> {
    const is = (one: Watched): one is Extract<Watched, { watched: K }> => one.watched === wanted;
    const read = (line: string) => {
      const watched = heard(line);
      return watched && is(watched) ? watched : undefined;
    };
    const answer = this.#child.next(`its watch has ${wanted}`, read, { deadlineMs: ANSWER_MS, signal: this.#signal });
    this.#child.send(order);
    return await answer;
  }
}

function heard(line: string): Watched | undefined {
  if (!line.startsWith('{"watched"')) return undefined;
  const said: unknown = JSON.parse(line);
  return Value.Check(Watched, said) ? said : undefined;
}
