import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FewATurn } from '../../src/lib/few-a-turn.ts';

test('many things at once are done in order, a few a turn, and others have their turn between', async () => {
  const few = new FewATurn(4);
  const done: number[] = [];
  for (let at = 0; at < 30; at += 1) few.add(() => done.push(at));
  expect(done).toEqual([0, 1, 2, 3]);
  while (done.length < 30) {
    const before = done.length;
    await setImmediate();
    expect(done.length - before).toBeLessThanOrEqual(4);
  }
  expect(done).toEqual(Array.from({ length: 30 }, (_, at) => at));
});

test('what comes later comes after what waits, and at once when nothing does', async () => {
  const few = new FewATurn(1);
  const done: string[] = [];
  for (const name of ['a', 'b', 'c']) few.add(() => done.push(name));
  await setImmediate();
  few.add(() => done.push('d'));
  while (done.length < 4) await setImmediate();
  expect(done).toEqual(['a', 'b', 'c', 'd']);
  await setImmediate();
  few.add(() => done.push('e'));
  expect(done.at(-1)).toBe('e');
});
