import { type Static, Type } from '@sinclair/typebox';
import { Latencies } from '../measure/latencies.ts';

/** What became of one thing that people did: what they asked for, a word that there is too much to do, or neither. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly why: string };

/** What was sent while it was measured, and what became of it, then or later. */
export const LoadTold = Type.Object({
  sent: Type.Integer(),
  done: Type.Integer(),
  busy: Type.Integer(),
  failed: Type.Integer(),
  /** Done while it was measured, whenever it was sent: what the bot can do in that time. */
  doneMeanwhile: Type.Integer(),
  firstFailure: Type.Optional(Type.String()),
  /** From the moment it was meant to be sent to its last answer, of what was done: HdrHistogram's compressed text. */
  took: Type.String(),
});
export type LoadTold = Static<typeof LoadTold>;

/** Counts what people do while a round is measured; what they do before and after does not count as sent. */
export class LoadTally {
  readonly #took = new Latencies();
  readonly #counts = { sent: 0, done: 0, busy: 0, failed: 0, doneMeanwhile: 0 };
  #measuring = false;
  #firstFailure: string | undefined;

  measuring(on: boolean): void {
    this.#measuring = on;
  }

  /** Waits for one; never rejects. */
  async watch(intendedAt: number, run: () => Promise<Outcome>): Promise<void> {
    const counts = this.#measuring;
    if (counts) this.#counts.sent++;
    const outcome = await run().catch((error: unknown): Outcome => {
      return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
    });
    if (this.#measuring && outcome.kind === 'done') this.#counts.doneMeanwhile++;
    if (!counts) return;
    this.#counts[outcome.kind]++;
    if (outcome.kind === 'done') this.#took.record(performance.now() - intendedAt);
    if (outcome.kind === 'failed') this.#firstFailure ??= outcome.why;
  }

  told(): LoadTold {
    const first = this.#firstFailure;
    return { ...this.#counts, ...(first !== undefined && { firstFailure: first }), took: this.#took.encode() };
  }
}
