import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { type Said, t } from '../../../../services/answers/words.ts';
import { presetRules } from '../../../../services/automod/local-preset.ts';
import { mustCompile } from '../../../../services/automod/must-compile.ts';
import { namedIn } from '../../../../services/automod/names.ts';
import { isPreset, PRESETS, type PresetName } from '../../../../services/automod/presets.ts';
import { changeBook, readBook } from '../../../../services/automod/rule-book.ts';
import { thenWords, whenWords } from '../../../../services/automod/rule-words.ts';
import type { Rule } from '../../../../workers/rules/schema.ts';
import { mustMayOrder } from '../../../automod/may-order.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { undoButton } from '../../../automod/undo.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { text } from '../../../options.ts';

const NAMES = Object.keys(PRESETS) as PresetName[]; // the keys of that very object
const ALL: readonly PresetName[] = NAMES;
type On = Asked<BaseInteraction>;

const look = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'text-select',
  id: 'automod.presets.look',
  version: 1,
  state: Type.Object({}),
  run: (asked, context) => preview(readName(asked.values[0]), asked, context),
});

const press = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.presets.press',
  version: 1,
  state: Type.Object({
    preset: Type.String({ maxLength: 32 }),
    what: Type.Union([Type.Literal('add'), Type.Literal('remove'), Type.Literal('back')]),
  }),
  run(asked, context) {
    const name = readName(asked.state.preset);
    if (asked.state.what === 'back') return overview(asked, context);
    return asked.state.what === 'add' ? add(name, asked, context) : remove(name, asked, context);
  },
});

/** Rules that go together and work after one press: looked at first, taken away again as a whole. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { preset: text({ optional: true, choices: ALL }) },
  components: [look, press],
  run: (asked, context) =>
    asked.options.preset === undefined
      ? overview(asked, context)
      : preview(readName(asked.options.preset), asked, context),
});

function readName(name = ''): PresetName {
  if (!isPreset(name)) throw new UserError('errors.unknownComponent');
  return name;
}

async function overview({ interaction }: On, context: Context): Promise<Answer> {
  const { rules } = await readBook(interaction.guildId ?? '0', context);
  const lines = ALL.map((name) => {
    const there = countOf(name, rules);
    const key = there === 0 ? 'line' : 'lineThere';
    return t(`automod.presets.${key}`, {
      name: nameOf(name),
      about: t(`automod.presets.about.${name}.about`),
      there,
      count: PRESETS[name].length,
    });
  });
  const options = ALL.map((name) => ({
    value: name,
    label: nameOf(name),
    description: t(`automod.presets.about.${name}.about`),
  }));
  const select = { of: 'text', customId: look.customId({}), placeholder: t('automod.presets.pick'), options } as const;
  return {
    tone: 'info',
    title: t('automod.presets.title'),
    visible: 'private',
    parts: [
      { kind: 'points', points: lines },
      { kind: 'select', select },
    ],
    next: t('automod.presets.next'),
  };
}

/** What it would add, rule by rule, in plain words. */
async function preview(name: PresetName, asked: On, context: Context): Promise<Answer> {
  const { interaction } = asked;
  const guild = interaction.guildId ?? '0';
  const [{ rules: held }, { alertChannel, logChannel }, { logChannel: log }] = await Promise.all([
    readBook(guild, context),
    context.settings.of(guild, 'automod'),
    context.settings.of(guild, 'logs'),
  ]);
  const named = namedIn(interaction.guild);
  const there = countOf(name, held);
  const quiet = alertChannel === undefined && logChannel === undefined && log === undefined;
  return {
    tone: 'info',
    title: nameOf(name),
    visible: 'private',
    parts: [
      { kind: 'text', text: t(`automod.presets.about.${name}.about`) },
      {
        kind: 'points',
        points: (await presetRules(name, guild, context)).map((rule) =>
          t('automod.presets.rule', { name: rule.name, when: whenWords(rule, named), deeds: thenWords(rule, named) }),
        ),
      },
      { kind: 'small', text: t(there > 0 ? 'automod.presets.there' : 'automod.presets.exempt', { count: there }) },
      ...(quiet ? [{ kind: 'small', text: t('automod.presets.quiet') } as const] : []),
      {
        kind: 'buttons',
        buttons: [
          {
            label: t(there > 0 ? 'automod.presets.again' : 'automod.presets.add'),
            customId: press.customId({ preset: name, what: 'add' }),
            style: 'success',
          },
          ...(there > 0
            ? [
                {
                  label: t('automod.presets.remove'),
                  customId: press.customId({ preset: name, what: 'remove' }),
                  style: 'danger',
                } as const,
              ]
            : []),
          { label: t('automod.presets.back'), customId: press.customId({ preset: name, what: 'back' }) },
        ],
      },
    ],
  };
}

/** Those of its rules that are there already are put back to what they were. */
async function add(name: PresetName, asked: On, context: Context): Promise<Answer> {
  const guild = asked.interaction.guildId ?? '0';
  const rules = await presetRules(name, guild, context);
  await mustMayOrder(rules, asked, context);
  const ids = new Set(rules.map(({ id }) => id));
  const plan = (held: readonly Rule[]) => [...held.filter(({ id }) => !ids.has(id)), ...rules];
  await mustCompile(guild, plan, context, asked.signal);
  const version = await changeBook(guild, asked.interaction.user.id, plan, context);
  return outcome(t('automod.presets.added', { name: nameOf(name), count: rules.length }), version);
}

async function remove(name: PresetName, { interaction }: On, context: Context): Promise<Answer> {
  const ids = new Set<string>(PRESETS[name].map(({ id }) => id));
  const plan = (held: readonly Rule[]) => held.filter(({ id }) => !ids.has(id));
  const version = await changeBook(interaction.guildId ?? '0', interaction.user.id, plan, context);
  return outcome(t('automod.presets.removed', { name: nameOf(name) }), version);
}

function outcome(text: Said, version: number | undefined): Answer {
  return {
    tone: 'good',
    visible: 'private',
    parts: [
      { kind: 'text', text },
      ...(version === undefined ? [] : [{ kind: 'buttons', buttons: [undoButton(version)] } as const]),
    ],
    next: t('automod.done.next'),
  };
}

function nameOf(name: PresetName): Said {
  return t(`automod.presets.about.${name}.name`);
}

function countOf(name: PresetName, rules: readonly Rule[]): number {
  const ids = new Set(rules.map(({ id }) => id));
  return PRESETS[name].filter(({ id }) => ids.has(id)).length;
}
