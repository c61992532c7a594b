import type { AreaName } from '../../../services/settings/areas.ts';
import { AREAS } from '../../../services/settings/areas.ts';
import { differencesIn } from '../../../services/settings/difference.ts';
import type { Snapshot } from '../../../services/settings/snapshot.ts';

/** One step of setting a server up: a section of its settings, or some of it. */
interface Step {
  readonly area: AreaName;
  readonly only?: readonly string[];
}

/** The steps in the order in which they are gone through. */
export const STEPS = {
  logs: { area: 'logs' },
  welcome: { area: 'welcome' },
  roles: { area: 'joinRoles' },
  jail: { area: 'jail' },
  ranks: { area: 'permissions', only: ['roles', 'people'] },
  automod: { area: 'automod', only: ['alertChannel', 'exemptRoles', 'exemptChannels'] },
  language: { area: 'general', only: ['language'] },
  timeZone: { area: 'general', only: ['timeZone'] },
} as const satisfies Readonly<Record<string, Step>>;

export type StepName = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as readonly StepName[]; // the keys of that very object

export function isStep(name: string): name is StepName {
  return Object.hasOwn(STEPS, name);
}

export function stepOf(name: StepName): Step {
  return STEPS[name];
}

/** The step before or after another; nothing beyond the first and the last. */
export function stepBeside(name: StepName, by: 1 | -1): StepName | undefined {
  return STEP_NAMES[STEP_NAMES.indexOf(name) + by];
}

/** Whether anybody has chosen something in a step. */
export function isSetUp(name: StepName, held: Snapshot, rules: number): boolean {
  if (name === 'automod' && rules > 0) return true;
  const { area, only } = stepOf(name);
  const chosen = differencesIn(area, AREAS[area].filled({}), held[area].value);
  return chosen.some(({ property }) => only?.includes(property.name) ?? true);
}
