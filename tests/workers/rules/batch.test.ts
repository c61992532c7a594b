import { expect, test } from 'vitest';
import { delay } from '../../../src/lib/deadline.ts';
import { judgeBatch, packBatch, readJudged } from '../../../src/workers/rules/batch.ts';
import type { JudgeInput, SentRules } from '../../../src/workers/rules/verdict.ts';
import judgeMessages from '../../../src/workers/tasks/judge-messages.ts';

const author = { id: '123456789012345678', roles: [], accountMs: 0 };

function saying(text: string, rules?: SentRules): JudgeInput {
  const message = { text, author, channel: { id: '2' }, edited: false, forwarded: false, count: true };
  return rules ? { ...message, rules } : message;
}

function rulesOf(version: string): SentRules {
  return { version, buffer: new SharedArrayBuffer(8), domains: { version: '', lists: [] } };
}

test('messages keep their rules, which cross once for all that go by them', async () => {
  const [one, other] = [rulesOf('one'), rulesOf('other')];
  const inputs = [saying('a', one), saying('b'), saying('c', other), saying('d', one)];
  const batch = packBatch(inputs);
  expect(batch.rules).toEqual([one, other]);
  const seen: unknown[] = [];
  await judgeBatch(batch, async (input) => {
    seen.push(input);
    return { ok: true, value: { hits: [] } };
  });
  expect(seen).toEqual(inputs);
});

test('each has its own outcome, in the order of the messages, also where one does not fit', async () => {
  const broken = JSON.stringify([saying('two words'), { text: 5 }, saying('one')]);
  const outcome = await judgeMessages.run({ messages: broken, rules: [] });
  expect(outcome.ok && readJudged(outcome.value)).toEqual([
    { ok: true, value: { activity: { words: 2, links: 0, mentions: 0 }, hits: [] } },
    { ok: false, error: expect.objectContaining({ name: 'TaskError' }) },
    { ok: true, value: { activity: { words: 1, links: 0, mentions: 0 }, hits: [] } },
  ]);
});

test('a message that takes long keeps those behind it from being begun, and is judged itself', async () => {
  const batch = packBatch([saying('long'), saying('short')]);
  const told = await judgeBatch(batch, async () => {
    await delay(300);
    return { ok: true, value: { hits: [] } };
  });
  expect(readJudged(told)).toEqual([{ ok: true, value: { hits: [] } }]);
});
