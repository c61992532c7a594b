import { Type } from '@sinclair/typebox';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { code, list, t } from '../../../../services/answers/words.ts';
import { letterOf, noticeTitle } from '../../../../services/moderation/letter.ts';
import { typeWords } from '../../../../services/moderation/notice.ts';
import { LONGEST_LETTER } from '../../../../services/settings/areas/moderation.ts';
import { AREAS, type AreaValue } from '../../../../services/settings/areas.ts';
import { badPlaceholder, PLACEHOLDERS } from '../../../../services/settings/letter-placeholders.ts';
import { readSnapshot } from '../../../../services/settings/snapshot.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { fieldOf } from '../../../find.ts';
import { text } from '../../../options.ts';
import { guildOf } from '../../../settings/rights.ts';
import { changeUnlessMoved } from '../../../settings/unless-moved.ts';
import { lastChange } from '../../../settings-panel.ts';

type On = Asked<BaseInteraction>;
type Moderation = AreaValue<'moderation'>;

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
  version: 2,
  state: Type.Object({ ...Which.properties, seen: Type.Integer({ minimum: 0 }) }),
  updates: true,
  async run(asked, context) {
    const { action, seen } = asked.state;
    return await save({ action, seen, text: fieldOf(asked.interaction, 'text') }, asked, context);
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
    const { version: seen, value: held } = (await readSnapshot(context.db, guildOf(interaction).id)).moderation;
    const { letters } = AREAS.moderation.mend(held).value;
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
    await openForm({ customId: form.customId({ action, seen }), title, fields: [field] });
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
    return await store({ action, text: undefined }, asked, context);
  },
});

/** Shows what a member is told with an action, as an example, and takes the server's own words for it. */
export default defineCommand({
  ...RULES,
  options: { action: text({ choices: TOLD }), text: text({ optional: true, min: 1, max: LONGEST_LETTER }) },
  components: [form, edit, reset],
  async run(asked, context) {
    const { action, text } = asked.options;
    if (text !== undefined) return await save({ action, text }, asked, context);
    return await panel(action, asked, context);
  },
});

interface Wanted {
  readonly action: Told;
  /** Nothing for the bot's own words. */
  readonly text: string | undefined;
  /** The version of the section that stood in the form. */
  readonly seen?: number;
}

async function save(wanted: Wanted & { readonly text: string }, asked: On, context: Context): Promise<Answer> {
  if (wanted.text.trim() === '') throw new UserError('commands.config.letters.empty');
  const bad = badPlaceholder(wanted.text);
  if (bad !== undefined) {
    const known = list(PLACEHOLDERS.map((name) => code(`{${name}}`)));
    throw new UserError('commands.config.letters.bad', { bad: code(bad), known });
  }
  return await store(wanted, asked, context);
}

/** Unless somebody else has changed the same letter meanwhile: then that is shown, and asked about. */
async function store({ action, text, seen }: Wanted, asked: On, context: Context): Promise<Answer> {
  const change = {
    area: 'moderation' as const,
    patch: ({ letters: { [action]: _, ...others } }: Moderation) => ({
      letters: text === undefined ? others : { ...others, [action]: text },
    }),
    about: ({ letters }: Moderation) => letters[action],
    ...(seen !== undefined && { since: seen }),
  };
  const changing = await changeUnlessMoved(change, asked, context);
  return changing.stored ? await panel(action, asked, context, changing.notes) : changing.answer;
}

/** The bot's own words as such a text, to begin with. */
function sampleOf(action: Told, locale: string, { i18n }: Context): string {
  const { key } = noticeTitle({ type: action }, '', i18n);
  const title = i18n.t(key, { server: '{server}' }, locale);
  return i18n.t(`commands.config.letters.${ENDING.includes(action) ? 'sampleUntil' : 'sample'}`, { title }, locale);
}

async function panel(
  action: Told,
  { interaction, reader }: On,
  context: Context,
  notes?: readonly Part[],
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
    tone: notes ? 'good' : 'info',
    title: t('commands.config.letters.title', { type: typeWords({ type: action }, context) }),
    parts: [
      ...(notes ? [{ kind: 'text', text: t('commands.config.changed') } as const, ...notes] : []),
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
