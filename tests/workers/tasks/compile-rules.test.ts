import { expect, test } from 'vitest';
import compileRules from '../../../src/workers/tasks/compile-rules.ts';
import { ruleOf } from '../rules/judging.ts';

test('rules beyond what all may be long together are broken, and those before them hold', async () => {
  const rule = JSON.stringify(ruleOf({ when: { type: 'words', terms: ['x'.repeat(100)], match: 'part' } }));
  const long = Array.from({ length: 12 }, () => `${rule}${' '.repeat(38_000)}`);
  const outcome = await compileRules.run({ rules: long, lists: [] });
  const problem = { path: '', code: 'tooMuch', params: {} };
  expect(outcome).toMatchObject({
    ok: true,
    value: {
      problems: [
        { rule: 10, problem },
        { rule: 11, problem },
      ],
    },
  });
});
