import { type Static, Type } from '@sinclair/typebox';
import type { Outcome } from '../task.ts';
import { type JudgeInput, SentRules, type Verdict } from './verdict.ts';

/** Messages of any servers that cross to a thread together. Text is what crosses fastest, and rules cross once for all that go by them. */
export type Batch = Static<typeof Batch>;
export const Batch = Type.Object({
  /** As JSON: what `Packed` is. */
  messages: Type.String(),
  rules: Type.Array(SentRules),
});

/** One message in a batch: all but its rules, and which of the batch's they are, where it has any. */
interface Packed extends Omit<JudgeInput, 'rules'> {
  readonly by?: number;
}

/** What came of a message of a batch. */
export type Judged = Outcome<Verdict>;

/** No message of a batch is begun after so long: what is left waits for the next, and none costs another its time. Milliseconds. */
const LONGEST_MS = 250;

/** Makes one thing of many. */
export function packBatch(inputs: readonly JudgeInput[]): Batch {
  const all = new Map<SentRules, number>();
  const messages = inputs.map(({ rules, ...rest }): Packed => {
    if (!rules) return rest;
    const by = all.get(rules) ?? all.size;
    all.set(rules, by);
    return { ...rest, by };
  });
  return { messages: JSON.stringify(messages), rules: [...all.keys()] };
}

/** In a thread: what `judgeOne` says of each, in their order, as JSON; of the last ones nothing, where time was short. */
export async function judgeBatch(
  { messages, rules }: Batch,
  judgeOne: (input: unknown) => Promise<Judged>,
): Promise<string> {
  const packed: readonly Packed[] = JSON.parse(messages);
  const began = performance.now();
  const judged: Judged[] = [];
  for (const { by, ...rest } of packed) {
    if (judged.length > 0 && performance.now() - began > LONGEST_MS) break;
    judged.push(await judgeOne(by === undefined ? rest : { ...rest, rules: rules[by] }));
  }
  return JSON.stringify(judged);
}

/** What a thread has said of a batch. */
export function readJudged(told: string): readonly Judged[] {
  return JSON.parse(told);
}
