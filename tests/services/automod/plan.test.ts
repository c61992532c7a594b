import { expect, test } from 'vitest';
import en from '../../../src/locales/en.json' with { type: 'json' };
import { isLoud, planOf } from '../../../src/services/automod/plan.ts';
import { ACTIONS } from '../../../src/workers/rules/schema.ts';
import { rule } from './acting.ts';

const ROLE = '123456789012345678';

test('of several rules the hardest they want is done: a ban for good before one for a time, a longer timeout before a shorter', () => {
  const warns = rule([{ do: 'warn' }]);
  const kicks = rule([{ do: 'kick' }]);
  const short = rule([{ do: 'timeout', for: 60 }]);
  const long = rule([{ do: 'timeout', for: 600 }]);
  const week = rule([{ do: 'ban', for: 604_800 }]);
  const ever = rule([{ do: 'ban', deleteDays: 1 }]);
  expect(planOf([warns, short, long]).sanction).toMatchObject({ type: 'timeout', seconds: 600 });
  expect(planOf([long, kicks, warns]).sanction).toMatchObject({ type: 'kick' });
  expect(planOf([week, ever, kicks]).sanction).toMatchObject({ type: 'ban', seconds: undefined, deleteDays: 1 });
});

test('points that nothing else goes with are a case of which nobody is told; the most of several counts', () => {
  const plan = planOf([rule([], { points: 1 }), rule([], { points: 3 })]);
  expect(plan).toMatchObject({ points: 3, sanction: { type: 'warn', silent: true } });
  expect(planOf([rule([{ do: 'warn' }], { points: 2 })]).sanction).toMatchObject({ silent: false });
});

test('each thing is done once: copies before the message alone, a role for good before one for a time, the slowest mode', () => {
  const plan = planOf([
    rule([
      { do: 'delete' },
      { do: 'add-role', role: ROLE, for: 60 },
      { do: 'slowmode', seconds: 5, for: 60 },
      { do: 'alert' },
    ]),
    rule([
      { do: 'delete-copies' },
      { do: 'add-role', role: ROLE },
      { do: 'slowmode', seconds: 30, for: 90 },
      { do: 'alert' },
    ]),
  ]);
  expect(plan).toMatchObject({
    removes: 'copies',
    roles: [{ type: 'role-add', role: ROLE, seconds: undefined }],
    slowmode: { seconds: 30, for: 90 },
    alerts: [undefined],
  });
  expect(isLoud(plan)).toBe(true);
  expect(isLoud(planOf([rule([{ do: 'delete' }])]))).toBe(false);
});

test('whatever a rule can do has words for those who are told of it', () => {
  const told = Object.keys(ACTIONS).filter((name) => name !== 'alert' && name !== 'log');
  expect(Object.keys(en.automod.did).toSorted()).toEqual(told.toSorted());
});
