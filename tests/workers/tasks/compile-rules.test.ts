import { expect, test } from 'vitest';
import compileRules from '../../../src/workers/tasks/compile-rules.ts';
import { ruleOf } from '../rules/judging.ts';

test('rules that are too long together are refused before any is read', async () => {
  const rule = JSON.stringify(
    ruleOf({ when: { type: 'words', terms: ['x'.repeat(100)], match: 'part' }, note: 'y'.repeat(500) }),
  );
  const long = Array.from({ length: 200 }, () => `${rule}${' '.repeat(2_000)}`);
  const outcome = await compileRules.run({ rules: long, lists: [] });
  expect(outcome).toMatchObject({
    ok: false,
    error: { name: 'TaskError', message: expect.stringContaining('400000') },
  });
});
