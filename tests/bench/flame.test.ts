import { expect, test } from 'vitest';
import { type CpuProfile, type Flame, flameOf, flameOfLabels } from '../../bench/measure/flame.ts';

const frame = (functionName: string, url = 'file:///home/somebody/rockhopper/src/lib/a.ts') => ({
  functionName,
  url,
  lineNumber: 9,
});
/** (root) calls main, which calls slow and quick; (idle) stands beside them. */
const PROFILE: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)', ''), children: [2, 5] },
    { id: 2, callFrame: frame('main'), children: [3, 4] },
    { id: 3, callFrame: frame('slow') },
    { id: 4, callFrame: frame('') },
    { id: 5, callFrame: frame('(idle)', '') },
  ],
  // A sample a millisecond from 100 ms on: quick until 150, slow until 350, idle until 400.
  samples: [...Array(50).fill(4), ...Array(200).fill(3), ...Array(50).fill(5)],
  timeDeltas: Array(300).fill(1_000),
};

function shape({ name, ms, children }: Flame): unknown {
  return children.length === 0 ? `${name} ${Math.round(ms)}` : { [`${name} ${Math.round(ms)}`]: children.map(shape) };
}

test('of a profile only what ran while the loop was late is shown, below what was charged with it', () => {
  const flame = flameOf(PROFILE, 100, [{ at: 350, ms: 190, ran: '/inspect' }]);
  expect(shape(flame)).toEqual({
    'late 191': [{ '/inspect 191': [{ 'main lib/a.ts:10 191': ['slow lib/a.ts:10 191'] }] }],
  });
});

test('each time is charged to its own, and a function without a name is told by its place', () => {
  const flame = flameOf(PROFILE, 100, [
    { at: 350, ms: 100, ran: 'job cleanup' },
    { at: 140, ms: 20, ran: '/ping' },
  ]);
  expect(flame.children.map(({ name }) => name)).toEqual(['job cleanup', '/ping']);
  expect(JSON.stringify(flame.children[1])).toContain('(anonymous) lib/a.ts:10');
});

test('a gap between two samples is not taken for work', () => {
  const gap = { ...PROFILE, samples: [3, 3], timeDeltas: [1_000, 150_000] };
  expect(flameOf(gap, 0, [{ at: 200, ms: 200, ran: 'x' }]).ms).toBe(6);
});

test('where there is no profile the names alone are shown', () => {
  const flame = flameOfLabels([
    { ran: '/ping', ms: 10 },
    { ran: 'job cleanup', ms: 30 },
  ]);
  expect(shape(flame)).toEqual({ 'late 40': ['job cleanup 30', '/ping 10'] });
});
