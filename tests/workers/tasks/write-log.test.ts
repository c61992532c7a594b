import { expect, test } from 'vitest';
import writeLog from '../../../src/workers/tasks/write-log.ts';

async function written(lines: string[]) {
  const outcome = await writeLog.run({ lines });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return { text: new TextDecoder().decode(outcome.value.bytes), left: outcome.value.left };
}

test('each stands in a line, further lines of it set in, and nothing in it looks like another', async () => {
  const lines = ['one\ntwo', 'turned \u202eround', 'lone \ud800', 'tab\there', 'back\rhere'];
  expect(await written(lines)).toEqual({
    text: 'one\n    two\nturned  round\nlone \ufffd\ntab here\nback here\n',
    left: 0,
  });
});

test('what has no room is counted', async () => {
  const { text, left } = await written(Array.from({ length: 10 }, () => 'x'.repeat(1_000_000)));
  expect(left).toBe(3);
  expect(text.length).toBe(7 * 1_000_001);
});
