import type { Verdict } from '../../workers/rules/verdict.ts';
import type { Turn } from './in-order.ts';
import type { Payload } from './payload.ts';
import type { Judging } from './rule-source.ts';
import type { Tracked } from './seen.ts';
import type { Tenure } from './shed-queue.ts';

/** What a message is, apart from what it says. */
interface Way {
  readonly guild: string;
  readonly tenure: Tenure;
  /** Of arrival. */
  readonly order: number;
  readonly edited: boolean;
  readonly missed: boolean;
  readonly onOver?: (() => void) | undefined;
}

/** A message on its way through the pipeline, from its arrival until nothing of it is left to be done. */
export class Accepted implements Tracked {
  readonly id: string;
  readonly guild: string;
  readonly tenure: Tenure;
  readonly order: number;
  /** By `performance.now()`. */
  readonly cameAt = performance.now();
  readonly edited: boolean;
  readonly missed: boolean;
  /** Whether its words are counted as its author's activity: once, and nobody's that came over a webhook. */
  readonly count: boolean;
  /** Hears that nothing is left to be done. */
  readonly onOver: (() => void) | undefined;
  /** The newest that is known of it until it is sent to a thread, and what was sent from then on. */
  payload: Payload;
  over = false;
  tries = 0;
  /** Its turn among those of its author, once it is sent to be judged. */
  turn: Turn<Accepted> | undefined;
  /** By which rules it was judged, and what came of it. */
  rules: Judging | undefined;
  verdict: Verdict | undefined;

  constructor(payload: Payload, { guild, tenure, order, edited, missed, onOver }: Way) {
    this.id = payload.id;
    this.guild = guild;
    this.tenure = tenure;
    this.order = order;
    this.edited = edited;
    this.missed = missed;
    this.count = !edited && payload.webhook_id === undefined;
    this.onOver = onOver;
    this.payload = payload;
  }
}
