import { describe, expect, test } from 'vitest';
import { BacktrackingLane } from '../../src/workers/backtracking/backtracking.ts';
import { onDeno } from './fixtures/start.ts';

/** A machine that is shared may take long to begin; what is too slow takes half a second all the same. */
const TIMES = { budgetMs: 200, waitMs: 30_000 };
const ASKED = { ignoreCase: true, of: 'canonical' } as const;
const HOSTILE = { ...ASKED, source: '^(?=(a+)+$)b', text: `${'a'.repeat(26)}!` };
const FINE = { ...ASKED, source: '(\\w)\\1{2}', text: 'So ＮＯＯＯ way' };

// Deno cannot end a thread that spins.
describe.skipIf(onDeno)('patterns that go back', () => {
  test('tell where they match, in the text as it was written', async () => {
    await using lane = new BacktrackingLane(TIMES);
    expect(await lane.match(FINE)).toMatchObject({ kind: 'ran', spans: [[4, 7]] });
    expect(await lane.match({ ...FINE, of: 'original', source: '(?<=so )(.)' })).toMatchObject({ spans: [[3, 4]] });
    expect(await lane.match({ ...FINE, source: 'x(?!y)' })).toMatchObject({ spans: [] });
    await expect(lane.match({ ...FINE, source: '(' })).rejects.toThrow('match failed');
  });

  test('lose their thread when they take too long, and the others of their message run in another', async () => {
    await using lane = new BacktrackingLane(TIMES);
    await lane.match(FINE);
    const all = await Promise.all([FINE, HOSTILE, FINE].map((call) => lane.match(call)));
    expect(all.map(({ kind }) => kind)).toEqual(['ran', 'overran', 'ran']);
    expect(await lane.match(FINE)).toMatchObject({ spans: [[4, 7]] });
    expect(lane.stats()).toMatchObject({ restarts: 1, timedOut: 1, threads: 1, queued: 0 });
  });

  test('are turned away when too many wait, and nothing else is', async () => {
    await using lane = new BacktrackingLane(TIMES);
    await lane.match(FINE);
    const [first, ...all] = await Promise.all(
      [HOSTILE, ...Array.from({ length: 300 }, () => FINE)].map((call) => lane.match(call)),
    );
    expect(first).toEqual({ kind: 'overran' });
    const kinds = all.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'busy').length).toBeGreaterThan(90);
    expect(kinds.filter((kind) => kind === 'ran').length).toBeGreaterThan(190);
    expect(lane.stats()).toMatchObject({ queued: 0, restarts: 1 });
  });
});
