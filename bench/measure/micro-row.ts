import { type Static, Type } from '@sinclair/typebox';

/** One input of a task, measured: what its process says in one line. Times in milliseconds, memory in bytes. */
export const MicroRow = Type.Object({
  input: Type.String(),
  size: Type.String(),
  /** What crosses to a thread and back, as it is cloned. */
  bytesIn: Type.Integer(),
  bytesOut: Type.Integer(),
  p50: Type.Number(),
  p99: Type.Number(),
  mean: Type.Number(),
  /** How often it was run. */
  runs: Type.Integer(),
  /** By how much the process grew in one run that began right after a garbage collection: the largest of a few. */
  grown: Type.Integer(),
});
export type MicroRow = Static<typeof MicroRow>;
