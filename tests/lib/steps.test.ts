import { expect, test } from 'vitest';
import { inSteps } from '../../src/lib/steps.ts';

test('every step is taken in order, and those that failed are named together', async () => {
  const taken: string[] = [];
  const step = (name: string, error?: Error) => async () => {
    taken.push(name);
    if (error) throw error;
  };
  const steps = {
    timers: step('timers', new RangeError('no room')),
    drafts: step('drafts'),
    files: step('files', new TypeError('no file')),
  };
  await expect(inSteps(steps)).rejects.toMatchObject({
    message: '2 of 3 failed: timers (no room), files (no file)',
    errors: [new RangeError('no room'), new TypeError('no file')],
  });
  expect(taken).toEqual(['timers', 'drafts', 'files']);
  await expect(inSteps({ drafts: step('drafts') })).resolves.toBeUndefined();
});

test('an error that ends them all is thrown at once', async () => {
  let reached = false;
  const steps = {
    first: () => Promise.reject(new Error('away')),
    second: async () => {
      reached = true;
    },
  };
  await expect(inSteps(steps, () => true)).rejects.toThrow('away');
  expect(reached).toBe(false);
});
