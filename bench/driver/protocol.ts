import { type Static, Type } from '@sinclair/typebox';
import { LoadTold } from './load-tally.ts';

/** What the bench asks of its driver, one line of JSON each on standard input. Closing it ends the driver. */
export const Order = Type.Union([
  /** Begins a round: the load, then hurried probes that do not count. Answered by `warmed`. */
  Type.Object({
    order: Type.Literal('warm'),
    scenario: Type.String(),
    mode: Type.String(),
    runtime: Type.String(),
    /** How long will be measured: files that people will send are made before. */
    seconds: Type.Number({ exclusiveMinimum: 0 }),
    /** Stands still again and again, to show that the bench notices. */
    heldUp: Type.Boolean(),
  }),
  /** Probes that count. Answered by `measured`. */
  Type.Object({ order: Type.Literal('measure') }),
  /** The load ends, and what is still under way is waited for. Answered by `settled`. */
  Type.Object({ order: Type.Literal('settle') }),
]);
export type Order = Static<typeof Order>;

/** Delays of the driver's own event loop, in milliseconds. */
const Delays = Type.Object({ p50: Type.Number(), p99: Type.Number(), p999: Type.Number(), max: Type.Number() });

/** One measured round. Histograms are HdrHistogram's compressed text, in microseconds. */
export const Measured = Type.Object({
  said: Type.Literal('measured'),
  sent: Type.Integer(),
  lost: Type.Integer(),
  refused: Type.Integer(),
  deferred: Type.Integer(),
  firstLoss: Type.Optional(Type.String()),
  /** From the moment a probe was meant to be sent to its first answer. */
  ack: Type.String(),
  /** From its event being written to its first answer. */
  answer: Type.String(),
  /** How late probes were sent. */
  late: Type.String(),
  /** How it went, from the first probe on, in milliseconds. */
  course: Type.Array(Type.Object({ at: Type.Number(), p50: Type.Number(), max: Type.Number() })),
  loop: Delays,
});
export type Measured = Static<typeof Measured>;

/** What became of everything that people did, besides probing, while it was measured. */
export const Settled = Type.Object({
  said: Type.Literal('settled'),
  load: LoadTold,
});

/** What the driver says, one line of JSON each on standard output. */
export const Said = Type.Union([
  Type.Object({
    said: Type.Literal('ready'),
    url: Type.String(),
    apiUrl: Type.String(),
    cdnUrl: Type.String(),
    token: Type.String(),
    outsideUrl: Type.String(),
  }),
  Type.Object({ said: Type.Literal('warmed') }),
  Measured,
  Settled,
  Type.Object({ said: Type.Literal('failed'), why: Type.String() }),
]);
export type Said = Static<typeof Said>;
