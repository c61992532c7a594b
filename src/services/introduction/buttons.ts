import { Type } from '@sinclair/typebox';
import { encodeCustomId } from '../answers/custom-id.ts';
import { t, type Words } from '../answers/words.ts';

/** The steps that an introduction has, in their order. All others are in the wizard. */
export const INTRODUCED = ['logs', 'ranks', 'automod'] as const;
export type IntroducedStep = (typeof INTRODUCED)[number];

/** The server stands in it, since a direct message is of none. */
export const AtIntroducedStep = Type.Object({
  guild: Type.String({ pattern: '^\\d{17,20}$' }),
  step: Type.Union(INTRODUCED.map((step) => Type.Literal(step))),
});

/** What the buttons under an introduction are called and remember. */
export const STEP_BUTTON = { id: 'introduction.step', version: 1, state: AtIntroducedStep } as const;

/** The buttons under an introduction, one a step. */
export function stepButtons(guild: string) {
  const { id, version, state } = STEP_BUTTON;
  return INTRODUCED.map((step, at) => ({
    label: t('introduction.button', { at: at + 1, step: stepName(step) }),
    customId: encodeCustomId(id, version, state, { guild, step }),
    style: at === 0 ? ('primary' as const) : ('secondary' as const),
  }));
}

export function stepName(step: IntroducedStep): Words {
  return t(`settings.setup.steps.${step}.name`);
}
