import { expect, test } from 'vitest';
import { closeResidue, triggersOf } from '../../../src/workers/rules/late.ts';
import type { Condition } from '../../../src/workers/rules/schema.ts';
import type { Residue } from '../../../src/workers/rules/verdict.ts';

const FLOOD = { type: 'flood', copies: 3, seconds: 10, by: 'author' } as const;

test('triggers are numbered in the order they are written', () => {
  const role: Condition = { type: 'role', any: ['123456789012345678'] };
  const when: Condition = { all: [role, { any: [{ not: { type: 'zalgo' } }, FLOOD] }, { type: 'thread' }] };
  expect(triggersOf(when)).toEqual([role, { type: 'zalgo' }, FLOOD, { type: 'thread' }]);
});

test.for<[Residue, boolean, number[]]>([
  [1, true, [1]],
  [0, false, [0]],
  [{ not: 1 }, false, [1]],
  [{ all: [0, 1] }, false, [0]],
  [{ any: [1, 0] }, true, [1]],
  [{ all: [{ any: [0, 1] }, { not: 2 }] }, true, [0, 1, 2]],
])('what is left open of %j ends with %j, and no more is asked than it takes', async ([residue, ends, asked]) => {
  const holds: number[] = [];
  const answer = await closeResidue(residue, async (trigger) => {
    holds.push(trigger);
    return trigger === 1;
  });
  expect([answer, holds]).toEqual([ends, asked]);
});

test.for<[Residue, boolean | undefined]>([
  [2, undefined],
  [{ not: 2 }, undefined],
  [{ any: [2, 1] }, true],
  [{ any: [2, 0] }, undefined],
  [{ all: [2, 0] }, false],
  [{ all: [1, { not: 2 }] }, undefined],
])('of %j, where nobody can say whether 2 holds, it ends with %j', async ([residue, ends]) => {
  const holds = (trigger: number) => Promise.resolve(trigger === 2 ? undefined : trigger === 1);
  expect(await closeResidue(residue, holds)).toBe(ends);
});
