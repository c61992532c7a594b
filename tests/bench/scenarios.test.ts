import { expect, test } from 'vitest';
import { type Options, PACES, type Pace, type Plan } from '../../bench/bench.ts';
import { modesFor, planOf, secondsOf, whyLeftOut } from '../../bench/plan.ts';
import {
  type AckScenario,
  defineScenario,
  MODES,
  type Mode,
  type Runtime,
  type Scenario,
} from '../../bench/scenario.ts';
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

const ACK = defineScenario({
  kind: 'ack',
  about: 'x',
  modes: MODES,
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
});
const FACTS = { kind: 'facts', about: 'x', takesSeconds: 60, run: async function* () {} } as const;
const asked = (pace: Pace, filter = '') => ({ pace, filter });

test('the binary is measured without the modes that need a way into it', () => {
  const of = (scenario: AckScenario, runtime: Runtime, modes: readonly Mode[]) =>
    modesFor(scenario, { runtime, modes, ...asked('full') });
  expect(of(ACK, 'binary', MODES)).toEqual(['offload', 'floor']);
  expect(of(ACK, 'bun', MODES)).toEqual(MODES);
  expect(of(ACK, 'bun', ['floor'])).toEqual(['floor']);
  expect(of({ ...ACK, rules: 'flood' }, 'binary', MODES)).toEqual(['floor']);
  expect(of({ ...ACK, read: { rows: 1 } }, 'binary', MODES)).toEqual(['floor']);
});

test('what only explains a figure is measured where somebody asked for the scenario', () => {
  const of = (pace: Pace, filter = '') => modesFor(ACK, { runtime: 'bun', modes: MODES, ...asked(pace, filter) });
  const measured = ['offload', 'inline', 'floor', 'limit'];
  expect(of('usual')).toEqual(measured);
  expect(of('ci')).toEqual(measured);
  expect(of('usual', 'ack')).toEqual(MODES);
});

test('a round is as long as asked for, else as its scenario says, else as is usual', () => {
  const own = { ...ACK, own: { rounds: 2, seconds: 30 }, quick: { rounds: 1, seconds: 4 } };
  const of = (scenario: AckScenario, pace: Pace, filter = '', more: Partial<Plan> = {}) =>
    planOf(scenario, { rounds: undefined, seconds: undefined, ...asked(pace, filter), ...more });
  expect(of(ACK, 'usual')).toEqual({ rounds: 3, seconds: 10 });
  expect(of(own, 'usual')).toEqual({ rounds: 3, seconds: 10 });
  expect(of(own, 'usual', 'x')).toEqual({ rounds: 2, seconds: 30 });
  expect(of(own, 'full')).toEqual({ rounds: 2, seconds: 30 });
  expect(of(own, 'quick')).toEqual({ rounds: 1, seconds: 4 });
  expect(of(own, 'quick', 'x', { rounds: 4, seconds: 1 })).toEqual({ rounds: 4, seconds: 1 });
});

test('each pace runs what belongs to it, and says of the rest how to have it', () => {
  const why = (scenario: Scenario, pace: Pace, filter = '') => whyLeftOut('x-y', scenario, asked(pace, filter));
  expect(why(ACK, 'usual')).toBeUndefined();
  expect(why({ ...ACK, long: true }, 'usual')).toContain('--filter x-y runs it');
  expect(why({ ...ACK, long: true }, 'usual', 'x')).toBeUndefined();
  expect(why({ ...ACK, long: true }, 'full')).toBeUndefined();
  expect(why(ACK, 'quick')).toContain('not part of --quick');
  expect(why(ACK, 'quick', 'x')).toBeUndefined();
  expect(why(ACK, 'ci')).toContain('not part of --ci');
  expect(why({ ...ACK, ci: { rounds: 1, seconds: 1 } }, 'ci')).toBeUndefined();
  expect(why({ ...ACK, onlyAlone: true }, 'full')).toContain('only by itself');
  expect(why({ ...ACK, onlyAlone: true }, 'usual', 'x-y')).toBeUndefined();
  expect(why(FACTS, 'usual')).toContain('it takes 60 s');
  expect(why({ ...FACTS, usual: true }, 'usual')).toBeUndefined();
  expect(why(FACTS, 'usual', 'x')).toBeUndefined();
  expect(why(FACTS, 'quick', 'x')).toContain('without --quick');
});

test('the bench is planned to end within a quarter of an hour, quick within two minutes, in CI within about one', async () => {
  const options: Omit<Options, 'pace'> = {
    ...{ runtime: 'bun', modes: MODES, rounds: undefined, seconds: undefined, filter: '' },
    ...{ threads: undefined, profiles: undefined, heldUp: undefined },
  };
  const sums = { usual: 0, quick: 0, ci: 0, full: 0 };
  for (const name of await scenarioNames()) {
    const scenario = await loadScenario(name);
    for (const pace of PACES)
      if (whyLeftOut(name, scenario, asked(pace)) === undefined)
        sums[pace] += secondsOf(scenario, { ...options, pace });
  }
  expect(sums.usual).toBeLessThan(15 * 60);
  expect(sums.quick).toBeLessThan(2 * 60);
  expect(sums.ci).toBeLessThan(70);
});
