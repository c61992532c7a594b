import { expect, test } from 'vitest';
import { logFiles } from '../../bench/load/logs.ts';

test('logs are as large as asked for, and no two are alike', () => {
  const next = logFiles(100_000, 7);
  const [first, second] = [next(), next()];
  expect(Math.abs(first.bytes.length / 100_000 - 1)).toBeLessThan(0.01);
  expect(second.bytes.length).toBe(first.bytes.length);
  expect(Buffer.compare(first.bytes, second.bytes)).not.toBe(0);
  expect(new TextDecoder().decode(second.bytes).split('\n')[0]).toBe(
    '2026-01-01T00:00:00.000Z INFO station-0 run 0000000000000008',
  );
});
