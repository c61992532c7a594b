import { Type } from '@sinclair/typebox';
import { type BaseInteraction, PermissionFlagsBits as P } from 'discord.js';
import type { Context } from '../../../context.ts';
import type { Answer, Button, Part } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { t } from '../../../services/answers/words.ts';
import { presetRules } from '../../../services/automod/local-preset.ts';
import { namedIn } from '../../../services/automod/names.ts';
import { isPreset, PRESETS } from '../../../services/automod/presets.ts';
import { readBook } from '../../../services/automod/rule-book.ts';
import { thenWords, whenWords } from '../../../services/automod/rule-words.ts';
import { readSnapshot, type Snapshot } from '../../../services/settings/snapshot.ts';
import { type Asked, defineComponent } from '../../define.ts';
import { makeJail } from '../../jail-button.ts';
import { MODERATES } from '../../moderate.ts';
import { check } from '../check.ts';
import { enteredIn } from '../field-form.ts';
import { askAbout } from '../plan.ts';
import { guildOf, SETTINGS_RULES } from '../rights.ts';
import { optionFor, sectionCard, shownOf } from '../section-card.ts';
import { readProperty, saveSetting, settingField } from '../setting-form.ts';
import { giveRank, rankFields } from './rank-step.ts';
import { isSetUp, isStep, STEP_NAMES, type StepName, stepBeside, stepOf } from './steps.ts';

type On = Asked<BaseInteraction>;
/** What follows the last step: what is missing. */
const END = 'end';
const AtStep = Type.Object({ step: Type.String({ maxLength: 32 }) });
const Version = Type.Integer({ minimum: 0 });

const go = defineComponent({
  ...SETTINGS_RULES,
  kind: 'button',
  id: 'config.setup.go',
  version: 1,
  state: AtStep,
  run: (asked, context) => setup(asked.state.step, asked, context),
});

const jump = defineComponent({
  ...SETTINGS_RULES,
  kind: 'text-select',
  id: 'config.setup.jump',
  version: 1,
  state: Type.Object({}),
  run: (asked, context) => setup(asked.values[0] ?? '', asked, context),
});

const pick = defineComponent({
  ...SETTINGS_RULES,
  kind: 'text-select',
  id: 'config.setup.pick',
  version: 1,
  state: AtStep,
  opensForm: true,
  async run({ state, values, interaction, openForm }, context) {
    const step = readStep(state.step);
    const property = readProperty(stepOf(step).area, values[0]);
    const { field, version } = await settingField(property, guildOf(interaction), context);
    const customId = form.customId({ step, name: property.name, version });
    await openForm({ customId, title: t(`settings.setup.steps.${step}.name`), fields: [field] });
    return undefined;
  },
});

const form = defineComponent({
  ...SETTINGS_RULES,
  kind: 'form',
  id: 'config.setup.form',
  version: 1,
  state: Type.Object({ ...AtStep.properties, name: Type.String({ maxLength: 32 }), version: Version }),
  updates: true,
  async run(asked, context) {
    const { state, interaction } = asked;
    const step = readStep(state.step);
    const property = readProperty(stepOf(step).area, state.name);
    const entered = {
      entered: enteredIn(property, interaction),
      since: state.version,
      onward: go.customId({ step }),
      shown: (notes: readonly Part[]) => stepCard(step, asked, context, { changed: true, notes }),
    };
    return await saveSetting(property, entered, asked, context);
  },
});

const jail = defineComponent({
  ...MODERATES,
  needs: P.ManageGuild,
  botNeeds: P.ManageRoles | P.ManageChannels,
  kind: 'button',
  id: 'config.setup.jail',
  version: 1,
  state: Type.Object({}),
  defer: 'private',
  async run(asked, context) {
    const { parts, next } = await makeJail(asked.interaction, context);
    const notes = [...parts, ...(next ? [{ kind: 'text', text: next } as const] : [])];
    return await stepCard('jail', asked, context, { notes });
  },
});

const rank = defineComponent({
  ...SETTINGS_RULES,
  kind: 'button',
  id: 'config.setup.rank',
  version: 1,
  state: Type.Object({}),
  opensForm: true,
  async run({ interaction, openForm }, { db }) {
    const { version } = (await readSnapshot(db, guildOf(interaction).id)).permissions;
    const title = t('settings.setup.rank.give');
    await openForm({ customId: rankForm.customId({ version }), title, fields: rankFields() });
    return undefined;
  },
});

const rankForm = defineComponent({
  ...SETTINGS_RULES,
  kind: 'form',
  id: 'config.setup.rankForm',
  version: 1,
  state: Type.Object({ version: Version }),
  updates: true,
  async run(asked, context) {
    const guild = guildOf(asked.interaction);
    return await stepCard(
      'ranks',
      asked,
      context,
      await giveRank(asked, { since: asked.state.version, guild }, context),
    );
  },
});

const preset = defineComponent({
  ...SETTINGS_RULES,
  kind: 'text-select',
  id: 'config.setup.preset',
  version: 1,
  state: Type.Object({}),
  async run(asked, context) {
    const [name = ''] = asked.values;
    if (!isPreset(name)) throw new UserError('errors.unknownComponent');
    const guild = guildOf(asked.interaction);
    const [rules, { version }] = await Promise.all([presetRules(name, guild.id, context), readBook(guild.id, context)]);
    const named = namedIn(guild);
    const points = rules.map((rule) =>
      t('automod.presets.rule', { name: rule.name, when: whenWords(rule, named), deeds: thenWords(rule, named) }),
    );
    const planned = { how: 'put' as const, version, rules: [...rules] };
    const onward = go.customId({ step: 'automod' });
    const plan = { guild: guild.id, why: 'preset' as const, areas: [], rules: planned, onward };
    return await askAbout(plan, [{ kind: 'points', points }], asked, context);
  },
});

export const SETUP_COMPONENTS = [go, jump, pick, form, jail, rank, rankForm, preset] as const;

/** A step of setting the server up by its name, or what is missing after the last. */
export async function setup(name: string, asked: On, context: Context): Promise<Answer> {
  if (name !== END) return await stepCard(readStep(name), asked, context);
  const found = await check(asked, context);
  const back: Part = { kind: 'buttons', buttons: [goButton('timeZone', 'back')] };
  return { ...found, title: t('settings.setup.end'), parts: [...found.parts, back, jumpMenu()] };
}

interface Around {
  readonly changed?: boolean;
  readonly notes?: readonly Part[];
}

async function stepCard(step: StepName, { interaction }: On, context: Context, around: Around = {}): Promise<Answer> {
  const guild = guildOf(interaction);
  const { area, only } = stepOf(step);
  const [held, { rules }] = await Promise.all([readSnapshot(context.db, guild.id), readBook(guild.id, context)]);
  const notes: readonly Part[] = [
    ...(around.notes ?? []),
    { kind: 'text', text: t(`settings.setup.steps.${step}.about`) },
    ...(step === 'automod'
      ? [{ kind: 'text', text: t('settings.setup.rules', { count: rules.length }) } as const]
      : []),
  ];
  const controls = () => [...controlsOf(step), ...ways(step, held, rules.length)];
  const shown = { changed: around.changed ?? false, notes, controls, ...(only && { only }) };
  const card = await sectionCard(area, guild, shown, context);
  const at = STEP_NAMES.indexOf(step) + 1;
  const title = t('settings.setup.title', { at, of: STEP_NAMES.length, step: t(`settings.setup.steps.${step}.name`) });
  return { ...card, title, visible: 'private' };
}

/** What changes the settings of a step. */
function controlsOf(step: StepName): readonly Part[] {
  if (step === 'ranks') {
    const give = { label: t('settings.setup.rank.give'), style: 'primary', customId: rank.customId({}) } as const;
    return [{ kind: 'buttons', buttons: [give] }];
  }
  const { area, only } = stepOf(step);
  const placeholder = t('settings.section.pick');
  const options = shownOf(area, only).map(optionFor);
  const change: Part = {
    kind: 'select',
    select: { of: 'text', customId: pick.customId({ step }), placeholder, options },
  };
  if (step === 'automod') return [presetMenu(), change];
  if (step !== 'jail') return [change];
  const make = { label: t('moderation.jail.setUp'), style: 'primary', customId: jail.customId({}) } as const;
  return [{ kind: 'buttons', buttons: [make] }, change];
}

function presetMenu(): Part {
  const options = Object.keys(PRESETS)
    .filter(isPreset)
    .map((name) => ({
      value: name,
      label: t(`automod.presets.about.${name}.name`),
      description: t(`automod.presets.about.${name}.about`),
    }));
  const placeholder = t('settings.setup.preset');
  return { kind: 'select', select: { of: 'text', customId: preset.customId({}), placeholder, options } };
}

/** The ways to the steps before and after, and to any other. */
function ways(step: StepName, held: Snapshot, rules: number): readonly Part[] {
  const set = (name: StepName) => isSetUp(name, held, rules);
  const [before, after] = [stepBeside(step, -1), stepBeside(step, 1)];
  const buttons = [
    ...(before ? [goButton(before, 'back')] : []),
    goButton(after ?? END, set(step) ? 'next' : 'skip'),
    ...(after ? [goButton(END, 'finish')] : []),
  ];
  return [{ kind: 'buttons', buttons }, jumpMenu(set)];
}

function goButton(step: StepName | typeof END, label: 'back' | 'next' | 'skip' | 'finish'): Button {
  const customId = go.customId({ step });
  return { label: t(`settings.setup.${label}`), customId, style: label === 'next' ? 'primary' : 'secondary' };
}

function jumpMenu(set?: (name: StepName) => boolean): Part {
  const options = STEP_NAMES.map((name) => ({
    value: name,
    label: t(`settings.setup.steps.${name}.name`),
    ...(set && { description: t(set(name) ? 'settings.setup.set' : 'settings.setup.notSet') }),
  }));
  const placeholder = t('settings.setup.jump');
  return { kind: 'select', select: { of: 'text', customId: jump.customId({}), placeholder, options } };
}

function readStep(name: string): StepName {
  if (!isStep(name)) throw new UserError('errors.unknownComponent');
  return name;
}
