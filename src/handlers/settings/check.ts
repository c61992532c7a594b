import { Type } from '@sinclair/typebox';
import { type BaseInteraction, DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer, Button, Part } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { mention, type Said, t } from '../../services/answers/words.ts';
import { AREAS } from '../../services/settings/areas.ts';
import { type AreaChange, changeAreas } from '../../services/settings/change-areas.ts';
import { goneIn, withoutIds } from '../../services/settings/ids.ts';
import { AREA_NAMES, readSnapshot } from '../../services/settings/snapshot.ts';
import { type Asked, defineComponent } from '../define.ts';
import { setUpButton } from '../jail-button.ts';
import { type Closed, type Findings, findingsIn } from './findings.ts';
import { mustMayChange } from './may-change.ts';
import { guildOf, SETTINGS_RULES } from './rights.ts';

type On = Asked<BaseInteraction>;

const RULES = { ...SETTINGS_RULES, kind: 'button', version: 1, state: Type.Object({}) } as const;

const takeOut = defineComponent({
  ...RULES,
  id: 'config.check.takeOut',
  async run(asked, context) {
    const refused = await takeOutGone(asked, context);
    return await check(asked, context, refused);
  },
});

const letIn = defineComponent({
  ...RULES,
  id: 'config.check.letIn',
  defer: 'private',
  async run(asked, context) {
    const { closed } = await findingsIn(guildOf(asked.interaction), asked, context);
    for (const one of closed.filter(({ mendable }) => mendable)) await openTo(one, asked, context);
    return await check(asked, context);
  },
});

export const CHECK_COMPONENTS = [takeOut, letIn] as const;

/** What is missing or broken in a server, how to mend it, and buttons that mend what the bot can mend. */
export async function check(asked: On, context: Context, notes: readonly Said[] = []): Promise<Answer> {
  const found = await findingsIn(guildOf(asked.interaction), asked, context);
  if (found.words.length === 0) return { tone: 'good', title: t('settings.check.title'), parts: [whole()] };
  return {
    tone: 'warning',
    title: t('settings.check.title'),
    parts: [
      ...notes.map((text) => ({ kind: 'text', text }) as const),
      { kind: 'lines', lines: found.words.map((words, at) => t('settings.check.line', { at: at + 1, words })) },
      ...buttons(found),
    ],
    next: t('settings.check.next'),
  };
}

function whole(): Part {
  return { kind: 'text', text: t('settings.check.whole') };
}

function buttons({ gone, closed, jail }: Findings): readonly Part[] {
  const all: readonly Button[] = [
    ...(gone ? [{ label: t('settings.section.takeOut'), customId: takeOut.customId({}) }] : []),
    ...(closed.some(({ mendable }) => mendable)
      ? [{ label: t('settings.check.letIn'), customId: letIn.customId({}) }]
      : []),
    ...(jail ? [setUpButton()] : []),
  ];
  return all.length > 0 ? [{ kind: 'buttons', buttons: all }] : [];
}

/** Takes what is gone out of every section where whoever asks may change that; says why not elsewhere. */
async function takeOutGone({ interaction }: On, context: Context): Promise<readonly Said[]> {
  const guild = guildOf(interaction);
  const held = await readSnapshot(context.db, guild.id);
  const changes: AreaChange[] = [];
  const refused: Said[] = [];
  for (const area of AREA_NAMES) {
    const { value, version } = held[area];
    const gone = goneIn(area, value, guild);
    if (gone.length === 0) continue;
    const after = AREAS[area].filled(withoutIds(value, gone));
    const why = await refusal(() => mustMayChange([{ area, before: value, after }], interaction, context));
    if (why) refused.push(why);
    else changes.push({ area, value: after, version });
  }
  if (changes.length > 0) await changeAreas(changes, { guild: guild.id, by: interaction.user.id }, context);
  return refused;
}

async function refusal(work: () => Promise<void>): Promise<Said | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.said;
    throw error;
  }
}

/** Lets the bot see and write in a channel, which others still may or may not as before. */
async function openTo({ channel }: Closed, { interaction, reader }: On, { i18n }: Context): Promise<void> {
  if (!('permissionOverwrites' in channel)) return;
  const { me } = guildOf(interaction).members;
  if (!me) return;
  const reason = i18n.t('settings.check.reason', { who: interaction.user.username }, reader.locale);
  try {
    await channel.permissionOverwrites.edit(me, { ViewChannel: true, SendMessages: true }, { reason });
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.status !== 403) throw error;
    throw new UserError('settings.check.cannotLetIn', { channel: mention('channel', channel.id) }, { cause: error });
  }
}
