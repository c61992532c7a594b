import { Type } from '@sinclair/typebox';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { code, list, t } from '../../../../services/answers/words.ts';
import { letterOf, noticeTitle } from '../../../../services/moderation/letter.ts';
import { typeWords } from '../../../../services/moderation/notice.ts';
import { LONGEST_LETTER } from '../../../../services/settings/areas/moderation.ts';
import { badPlaceholder, PLACEHOLDERS } from '../../../../services/settings/letter-placeholders.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { fieldOf } from '../../../find.ts';
import { text } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
/** Types of action of which whoever they are done to is told. */
const TOLD = ['warn', 'timeout', 'untimeout', 'kick', 'softban', 'ban', 'jail', 'unjail'] as const;
type Told = (typeof TOLD)[number];
const Which = Type.Object({ action: Type.Union(TOLD.map((type) => Type.Literal(type))) });
const ENDING: readonly string[] = ['timeout', 'ban', 'jail'];
const DAY_MS = 86_400_000;

const form = defineComponent({
  ...RULES,
  kind: 'form',
  id: 'config.letters.form',
  version: 1,
  state: Which,
  updates: true,
  async run(asked, context) {
    await save(asked.state.action, fieldOf(asked.interaction, 'text'), asked, context);
    return await panel(asked.state.action, asked, context, true);
  },
});

const edit = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.letters.edit',
  version: 1,
  state: Which,
  opensForm: true,
  async run({ interaction, state: { action }, openForm, reader }, context) {
    const { letters } = await context.settings.of(interaction.guildId ?? '0', 'moderation');
    const value = letters[action] ?? sampleOf(action, reader.locale, context);
    const field = {
      id: 'text',
      label: t('commands.config.letters.text'),
      value,
      long: true,
      min: 1,
      max: LONGEST_LETTER,
    };
    const title = t('commands.config.letters.title', { type: typeWords({ type: action }, context) });
    await openForm({ customId: form.customId({ action }), title, fields: [field] });
    return undefined;
  },
});

const reset = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.letters.reset',
  version: 1,
  state: Which,
  async run(asked, context) {
    const { action } = asked.state;
    const without = ({ [action]: _, ...letters }: Readonly<Record<string, string>>) => ({ letters });
    await changeArea('moderation', ({ letters }) => without(letters), asked, context);
    return await panel(action, asked, context, true);
  },
});

/** Shows what a member is told with an action, as an example, and takes the server's own words for it. */
export default defineCommand({
  ...RULES,
  options: { action: text({ choices: TOLD }), text: text({ optional: true, min: 1, max: LONGEST_LETTER }) },
  components: [form, edit, reset],
  async run(asked, context) {
    const { action, text } = asked.options;
    if (text !== undefined) await save(action, text, asked, context);
    return await panel(action, asked, context, text !== undefined);
  },
});

async function save(action: Told, text: string, asked: Asked<BaseInteraction>, context: Context): Promise<void> {
  if (text.trim() === '') throw new UserError('commands.config.letters.empty');
  const bad = badPlaceholder(text);
  if (bad !== undefined) {
    const known = list(PLACEHOLDERS.map((name) => code(`{${name}}`)));
    throw new UserError('commands.config.letters.bad', { bad: code(bad), known });
  }
  await changeArea('moderation', ({ letters }) => ({ letters: { ...letters, [action]: text } }), asked, context);
}

/** The bot's own words as such a text, to begin with. */
function sampleOf(action: Told, locale: string, { i18n }: Context): string {
  const { key } = noticeTitle({ type: action }, '', i18n);
  const title = i18n.t(key, { server: '{server}' }, locale);
  return i18n.t(`commands.config.letters.${ENDING.includes(action) ? 'sampleUntil' : 'sample'}`, { title }, locale);
}

async function panel(
  action: Told,
  { interaction, reader }: Asked<BaseInteraction>,
  context: Context,
  changed: boolean,
): Promise<Answer> {
  const { guild, user } = interaction;
  if (!guild) throw new UserError('errors.serverOnly');
  const [own, { language: locale }, last] = await Promise.all([
    context.settings.of(guild.id, 'moderation'),
    context.settings.of(guild.id, 'general'),
    lastChange(guild.id, 'moderation', context),
  ]);
  const now = context.now();
  const example = {
    ...{ type: action, number: 12, actorName: user.username, createdAt: now, data: {} },
    reason: context.i18n.t('commands.config.letters.reason', {}, locale),
    until: ENDING.includes(action) ? new Date(now.getTime() + DAY_MS) : null,
  };
  const isOwn = Object.hasOwn(own.letters, action);
  const buttons = [
    { label: t('commands.config.letters.edit'), customId: edit.customId({ action }), style: 'primary' } as const,
    ...(isOwn ? [{ label: t('commands.config.letters.reset'), customId: reset.customId({ action }) }] : []),
  ];
  return {
    tone: changed ? 'good' : 'info',
    title: t('commands.config.letters.title', { type: typeWords({ type: action }, context) }),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      { kind: 'text', text: t(`commands.config.letters.${isOwn ? 'own' : 'default'}`) },
      {
        kind: 'lines',
        title: t('commands.config.letters.placeholders'),
        lines: PLACEHOLDERS.map((name) => t(`commands.config.letters.means.${name}`, { name: code(`{${name}}`) })),
      },
      { kind: 'buttons', buttons },
      { kind: 'small', text: last },
    ],
    also: [letterOf(example, own, guild.name, { ...reader, locale })],
  };
}
