import type { Workers } from '../../src/workers/offload.ts';
import { packBatch } from '../../src/workers/rules/batch.ts';
import type { SentRules } from '../../src/workers/rules/verdict.ts';
import compileRules from '../../src/workers/tasks/compile-rules.ts';
import inspectFile from '../../src/workers/tasks/inspect-file.ts';
import judgeMessages from '../../src/workers/tasks/judge-messages.ts';
import { BenchError } from '../bench-error.ts';
import { floodRules } from './flood-rules.ts';
import { LIMITS } from './limits.ts';
import { mixedMessages } from './messages.ts';
import { copyOf } from './stamped.ts';
import { kindsOf } from './storm-templates.ts';

/** What threads are given to do: messages by the rules of the flood, or files of about 60 kB. */
export const WORKS = ['messages', 'files'] as const;
export type WorkName = (typeof WORKS)[number];

/** One piece of work after the other, by the bot's threads or by itself. */
export interface ThroughputWork {
  /** Pieces that a call does together. */
  readonly aCall: number;
  readonly offload: (workers: Workers) => Promise<unknown>;
  readonly bare: () => unknown;
}

const BYTES = 60_000;
const MESSAGES = 2_000;
/** Messages that cross together where much is written. */
const BATCH = 16;

export async function throughputWork(name: WorkName): Promise<ThroughputWork> {
  return name === 'messages' ? await messages() : await files();
}

async function messages(): Promise<ThroughputWork> {
  const rules = floodRules().map((rule) => JSON.stringify(rule));
  const compiled = await compileRules.run({ rules, lists: [] });
  if (!compiled.ok) throw new BenchError(`the rules cannot be compiled: ${compiled.error.message}`);
  const sent: SentRules = {
    version: 'throughput',
    buffer: compiled.value.buffer,
    domains: { version: 'none', lists: [] },
  };
  const author = { id: '123456789012345678', roles: [], accountMs: 1e12, joinedMs: 1e12 };
  const channel = { id: '123456789012345678' };
  const about = { rules: sent, author, channel, edited: false, forwarded: false, count: true };
  const next = inTurn(mixedMessages(MESSAGES));
  const batch = () => packBatch(Array.from({ length: BATCH }, () => ({ ...about, text: next() })));
  return {
    aCall: BATCH,
    offload: (workers) => workers.offload('judgeMessages', batch()),
    bare: () => judgeMessages.run(batch()),
  };
}

async function files(): Promise<ThroughputWork> {
  const next = inTurn(await kindsOf(BYTES));
  let serial = 0;
  const input = () => {
    const { name, bytes } = copyOf(next(), serial++);
    return { name, bytes: new Uint8Array(bytes), declared: '', limits: LIMITS };
  };
  return {
    aCall: 1,
    offload: (workers) => {
      const file = input();
      return workers.offload('inspectFile', file, { transfer: [file.bytes.buffer] });
    },
    bare: () => inspectFile.run(input()),
  };
}

function inTurn<T>(all: readonly T[]): () => T {
  let turn = 0;
  return () => {
    const one = all[turn++ % all.length];
    if (one === undefined) throw new BenchError('there is nothing to work on');
    return one;
  };
}
