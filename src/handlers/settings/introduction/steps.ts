import { Type } from '@sinclair/typebox';
import type { Context } from '../../../context.ts';
import type { Answer, Part } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { command, mention, t } from '../../../services/answers/words.ts';
import { checkPatterns } from '../../../services/automod/check-patterns.ts';
import { presetRules } from '../../../services/automod/local-preset.ts';
import { mustCompile } from '../../../services/automod/must-compile.ts';
import { namedIn } from '../../../services/automod/names.ts';
import { isPreset } from '../../../services/automod/presets.ts';
import { changeBook } from '../../../services/automod/rule-book.ts';
import { thenWords, whenWords } from '../../../services/automod/rule-words.ts';
import {
  AtIntroducedStep,
  INTRODUCED,
  type IntroducedStep,
  STEP_BUTTON,
  stepName,
} from '../../../services/introduction/buttons.ts';
import { rankWords } from '../../../services/permissions/words.ts';
import { rulesAfter } from '../../../services/settings/rules-plan.ts';
import { mustMayOrder } from '../../automod/may-order.ts';
import { mustBeWritable } from '../../channel-setting.ts';
import { defineComponent } from '../../define.ts';
import { withRank } from '../../rank-setting.ts';
import { changeArea } from '../../settings-panel.ts';
import { askingOf } from '../../standing.ts';
import { SETTINGS_RULES } from '../rights.ts';
import { setup } from '../setup/wizard.ts';
import { canModerate, choicesFor, MODERATORS, stepWords } from './choices.ts';
import { type InServer, inServer } from './in-server.ts';

/** Who may press is known once it is known of which server it is: see `inServer`. */
const RULES = { where: 'anywhere', visible: 'private', cooldown: SETTINGS_RULES.cooldown } as const;

interface Step {
  readonly guild: string;
  readonly step: IntroducedStep;
}

/** Under an introduction: opens a step, in the server by its wizard, in a direct message by menus, where Discord lists no channels and roles. */
const open = defineComponent({
  ...RULES,
  ...STEP_BUTTON,
  kind: 'button',
  updates: false,
  async run(asked, context) {
    const { guild, step } = asked.state;
    const at = await inServer(guild, asked, context);
    return asked.interaction.inGuild() ? await setup(step, at.asked, context) : await card(step, at, context);
  },
});

const go = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'introduction.go',
  version: 1,
  state: AtIntroducedStep,
  run: async (asked, context) =>
    await card(asked.state.step, await inServer(asked.state.guild, asked, context), context),
});

const pick = defineComponent({
  ...RULES,
  kind: 'text-select',
  id: 'introduction.pick',
  version: 1,
  state: AtIntroducedStep,
  async run(asked, context) {
    const { guild, step } = asked.state;
    const [chosen = ''] = asked.values;
    const at = await inServer(guild, asked, context);
    if (step === 'logs') return await logTo(chosen, at, context);
    if (step === 'ranks') return await moderateBy(chosen, at, context);
    return await previewOf(chosen, at, context);
  },
});

const take = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'introduction.take',
  version: 1,
  state: Type.Object({ guild: AtIntroducedStep.properties.guild, preset: Type.String({ maxLength: 32 }) }),
  async run(asked, context) {
    const at = await inServer(asked.state.guild, asked, context);
    return await takeOver(asked.state.preset, at, context);
  },
});

export const INTRODUCTION_COMPONENTS = [open, go, pick, take] as const;

async function logTo(channel: string, at: InServer, context: Context): Promise<Answer> {
  if (!at.guild.channels.cache.has(channel)) throw new UserError('introduction.gone');
  mustBeWritable(channel, stepName('logs'), at.guild);
  await changeArea('logs', { logChannel: channel }, at.asked, context);
  return await card('logs', at, context, t('introduction.logged', { channel: mention('channel', channel) }));
}

/** By the rules of `/permissions set`. */
async function moderateBy(id: string, at: InServer, context: Context): Promise<Answer> {
  const role = at.guild.roles.cache.get(id);
  const asking = await askingOf(at.asked.interaction, context);
  const held = await context.settings.of(at.guild.id, 'permissions');
  if (!role || !asking || !canModerate(role, held)) throw new UserError('introduction.gone');
  const subject = { of: 'roles', id, named: role.name } as const;
  const setting = { subject, rank: MODERATORS, by: asking.person };
  await changeArea('permissions', (ranks) => withRank(ranks, setting, at.guild), at.asked, context);
  const said = t('introduction.ranked', { role: role.name, rank: rankWords(MODERATORS) });
  return await card('ranks', at, context, said);
}

/** What a preset would do, before anybody takes it over. */
async function previewOf(name: string, { guild }: InServer, context: Context): Promise<Answer> {
  if (!isPreset(name)) throw new UserError('errors.unknownComponent');
  const rules = await presetRules(name, guild.id, context);
  const named = namedIn(guild);
  const points = rules.map((rule) =>
    t('automod.presets.rule', { name: rule.name, when: whenWords(rule, named), deeds: thenWords(rule, named) }),
  );
  const customId = take.customId({ guild: guild.id, preset: name });
  const yes = { label: t('settings.plan.yes.preset'), style: 'success', customId } as const;
  return {
    tone: 'info',
    title: t('settings.plan.title.preset'),
    parts: [
      { kind: 'points', points },
      { kind: 'buttons', buttons: [yes, goButton({ guild: guild.id, step: 'automod' })] },
    ],
  };
}

async function takeOver(name: string, { guild, asked }: InServer, context: Context): Promise<Answer> {
  if (!isPreset(name)) throw new UserError('errors.unknownComponent');
  const rules = await presetRules(name, guild.id, context);
  const plan = (held: Parameters<typeof rulesAfter>[0]) => rulesAfter(held, { how: 'put', rules });
  await mustMayOrder(rules, asked, context);
  await checkPatterns(rules, context, asked.signal);
  await mustCompile(guild.id, plan, context, asked.signal);
  await changeBook(guild.id, asked.interaction.user.id, plan, context);
  const taken = t('introduction.taken', { count: rules.length, undo: command('automod undo') });
  return await card('automod', { guild, asked }, context, taken);
}

async function card(step: IntroducedStep, { guild }: InServer, context: Context, done?: ReturnType<typeof t>) {
  const here: Step = { guild: guild.id, step };
  const at = INTRODUCED.indexOf(step);
  const { placeholder, options } = choicesFor(step, guild, await context.settings.of(guild.id, 'permissions'));
  const others = INTRODUCED.filter((one) => one !== step);
  const parts: readonly Part[] = [
    ...(done ? [{ kind: 'text', text: done } as const] : []),
    { kind: 'text', text: await stepWords(step, guild, context) },
    ...(options.length > 0
      ? [{ kind: 'select', select: { of: 'text', customId: pick.customId(here), placeholder, options } } as const]
      : []),
    { kind: 'buttons', buttons: others.map((one) => goButton({ guild: guild.id, step: one })) },
  ];
  const title = t('settings.setup.title', { at: at + 1, of: INTRODUCED.length, step: stepName(step) });
  const next = t('introduction.more', { server: guild.name, setup: command('config setup') });
  return { tone: done ? 'good' : 'info', title, parts, next } satisfies Answer;
}

function goButton({ guild, step }: Step) {
  return { label: stepName(step), customId: go.customId({ guild, step }) };
}
