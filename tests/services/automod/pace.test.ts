import { expect, test } from 'vitest';
import { Pace } from '../../../src/services/automod/pace.ts';

const FULL = 16;

function paced() {
  const due = Promise.withResolvers<void>();
  return { pace: new Pace(due.resolve), due: due.promise };
}

test('where little comes, each is sent at once', () => {
  const { pace } = paced();
  for (let at = 1_000; at < 1_100; at += 3) {
    pace.came(at);
    expect(pace.due(1, FULL, at)).toBe(true);
    pace.sent(at);
  }
});

test('where many come, they wait for others until a moment is over since the last batch, or one is full', async () => {
  const { pace, due } = paced();
  pace.sent(1_000);
  for (let at = 1_000; at < 1_003; at += 0.5) pace.came(at);
  expect(pace.due(6, FULL, 1_003)).toBe(false);
  expect(pace.due(FULL, FULL, 1_003)).toBe(true);
  expect(pace.due(6, FULL, 1_008)).toBe(true);
  await due; // also where nothing more comes
});

test('where nothing waits, nothing is due', () => {
  const { pace } = paced();
  expect(pace.due(0, FULL, 1_000)).toBe(false);
});
