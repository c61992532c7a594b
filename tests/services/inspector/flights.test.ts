import { expect, test } from 'vitest';
import { Flights } from '../../../src/services/inspector/flights.ts';

/** Work that ends when it is told to, and counts how often it was begun. */
function work() {
  const begun: { readonly signal: AbortSignal; readonly end: PromiseWithResolvers<string> }[] = [];
  const begin = (signal: AbortSignal) => {
    const end = Promise.withResolvers<string>();
    begun.push({ signal, end });
    return end.promise;
  };
  return { begun, begin };
}

const never = () => new AbortController().signal;

test('all who ask for the same at a time share one piece of work, and who comes later begins anew', async () => {
  const flights = new Flights<string>();
  const { begun, begin } = work();
  const all = [1, 2, 3].map(() => flights.join('a', never(), begin));
  const other = flights.join('b', never(), begin);
  expect(begun).toHaveLength(2);
  begun[0]?.end.resolve('done');
  begun[1]?.end.resolve('another');
  expect(await Promise.all([...all, other])).toEqual(['done', 'done', 'done', 'another']);
  const again = flights.join('a', never(), begin);
  begun[2]?.end.resolve('again');
  expect(await again).toBe('again');
});

test('who cancels, even the first, leaves the others their work', async () => {
  const flights = new Flights<string>();
  const { begun, begin } = work();
  const stop = new AbortController();
  const first = flights.join('a', stop.signal, begin);
  const second = flights.join('a', never(), begin);
  stop.abort(new Error('not any more'));
  await expect(first).rejects.toThrow('not any more');
  expect(begun[0]?.signal.aborted).toBe(false);
  begun[0]?.end.resolve('done');
  expect(await second).toBe('done');
});

test('work that nobody waits for is given up, and is not waited for by who comes then', async () => {
  const flights = new Flights<string>();
  const { begun, begin } = work();
  const stops = [new AbortController(), new AbortController()];
  const both = stops.map(({ signal }) => flights.join('a', signal, begin));
  for (const stop of stops) stop.abort(new Error('not any more'));
  for (const one of both) await expect(one).rejects.toThrow('not any more');
  expect(begun[0]?.signal.aborted).toBe(true);
  const newcomer = flights.join('a', never(), begin);
  begun[0]?.end.reject(new Error('given up'));
  begun[1]?.end.resolve('done');
  expect(await newcomer).toBe('done');
});

test('what fails, fails for all of them', async () => {
  const flights = new Flights<string>();
  const { begun, begin } = work();
  const all = [1, 2].map(() => flights.join('a', never(), begin));
  begun[0]?.end.reject(new Error('alas'));
  for (const one of all) await expect(one).rejects.toThrow('alas');
  expect(begun).toHaveLength(1);
});
