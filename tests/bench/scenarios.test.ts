import { expect, test } from 'vitest';
import { modesFor, planOf } from '../../bench/measure/ack.ts';
import { defineScenario, MODES } from '../../bench/scenario.ts';
import { loadScenario, scenarioNames } from '../../bench/scenarios.ts';

const MEMBERS = 100;
const USES_IN_TEN_SECONDS = 5;

test('every file of the folder holds a scenario', async () => {
  const names = await scenarioNames();
  expect(names).toContain('ack-under-load');
  for (const name of names) expect((await loadScenario(name)).about).not.toBe('');
});

test('a scenario that does not exist is refused', async () => {
  await expect(loadScenario('../cli')).rejects.toThrow('there is no scenario ../cli');
});

test('no scenario probes faster than the cooldown of all members together allows', async () => {
  for (const name of await scenarioNames()) {
    const scenario = await loadScenario(name);
    if (scenario.kind !== 'ack') continue;
    const inTenSeconds = 10_000 / scenario.probeEveryMs + 150; // with the warm-up
    expect(inTenSeconds).toBeLessThanOrEqual(MEMBERS * USES_IN_TEN_SECONDS);
  }
});

test('the binary is measured without the modes that need a way into it', () => {
  const scenario = defineScenario({
    kind: 'ack',
    about: 'x',
    modes: MODES,
    probe: ({ slash }) => slash('ping'),
    probeEveryMs: 50,
    seconds: 1,
  });
  expect(modesFor(scenario, 'binary', MODES)).toEqual(['offload', 'floor']);
  expect(modesFor(scenario, 'bun', MODES)).toEqual(MODES);
  expect(modesFor(scenario, 'bun', ['floor'])).toEqual(['floor']);
  expect(modesFor({ ...scenario, rules: 'flood' }, 'binary', MODES)).toEqual(['floor']);
});

test('a round is as long as asked for, else as its scenario says, else as is usual', () => {
  const plain = { kind: 'ack', about: 'x', modes: MODES, probeEveryMs: 50, seconds: 5 } as const;
  const probe = () => Promise.reject(new Error('not asked'));
  const own = { ...plain, probe, seconds: 30, rounds: 2, short: { rounds: 1, seconds: 8 } };
  const usual = { rounds: undefined, seconds: undefined, short: undefined };
  const short = { ...usual, short: { rounds: 3, seconds: 2.5 } };
  expect(planOf({ ...plain, probe }, usual)).toEqual({ rounds: 3, seconds: 5 });
  expect(planOf({ ...plain, probe }, short)).toEqual({ rounds: 3, seconds: 2.5 });
  expect(planOf(own, usual)).toEqual({ rounds: 2, seconds: 30 });
  expect(planOf(own, short)).toEqual({ rounds: 1, seconds: 8 });
  expect(planOf(own, { ...short, rounds: 4, seconds: 1 })).toEqual({ rounds: 4, seconds: 1 });
});
