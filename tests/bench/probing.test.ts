import { expect, test } from 'vitest';
import { LOST_AFTER_MS, Probing } from '../../bench/driver/probing.ts';

test('a probe counts from the moment it was meant to be sent', () => {
  const probing = new Probing();
  probing.sending(1_000, 1_040);
  probing.ended(1_000, 1_050, { kind: 'acked', writtenAt: 1_041, ackedAt: 1_043, deferred: false });
  expect(probing.ack.percentiles().max).toBeCloseTo(43, 0);
  expect(probing.answer.percentiles().max).toBeCloseTo(2, 1);
  expect(probing.late.percentiles().max).toBeCloseTo(40, 0);
});

test('a probe without an answer counts with its whole wait, three seconds at the least', () => {
  const probing = new Probing();
  for (let at = 0; at < 98; at++)
    probing.ended(at, at + 2, { kind: 'acked', writtenAt: at, ackedAt: at + 2, deferred: false });
  probing.ended(100, 100 + LOST_AFTER_MS + 500, { kind: 'lost', why: 'no answer' });
  probing.ended(200, 210, { kind: 'lost', why: 'nobody is connected' });
  const { count, p50, p99, max } = probing.ack.percentiles();
  expect(count).toBe(100);
  expect(p50).toBeLessThan(3);
  expect(p99).toBeGreaterThanOrEqual(LOST_AFTER_MS);
  expect(max).toBeGreaterThanOrEqual(LOST_AFTER_MS + 500);
  expect(probing).toMatchObject({ lost: 2, firstLoss: 'no answer' });
});

test('a deferral is an answer and counted apart, a refusal is none that was asked for', () => {
  const probing = new Probing();
  probing.ended(0, 2, { kind: 'acked', writtenAt: 0, ackedAt: 2, deferred: true });
  probing.ended(0, 2, { kind: 'refused', writtenAt: 0, ackedAt: 2 });
  expect(probing).toMatchObject({ deferred: 1, refused: 1, lost: 0 });
});
