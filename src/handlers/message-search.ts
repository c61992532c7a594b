import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { type BaseInteraction, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import type { FoundMessage, MessagesFrom } from '../db/archive-search.ts';
import { insertDraft, readDraft } from '../db/drafts.ts';
import type { Answer, Button, Part } from '../services/answers/answer.ts';
import { fitPage } from '../services/answers/fit.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, code, mention, render, type Said, t, timestamp } from '../services/answers/words.ts';
import { type Nearly, nearly } from '../services/archive/nearly.ts';
import { type FoundPage, SoughtMessages, searchArchive } from '../services/archive/search-archive.ts';
import { type Asked, defineComponent, type Rules } from './define.ts';
import { markedWords } from './marked-words.ts';

/** Anybody may look: what they may not read is not among what they find. */
export const MESSAGE_RULES = {
  visible: 'private',
  cooldown: { uses: 20, seconds: 30 },
} as const satisfies Rules;

const ON_A_PAGE = 8;
const LONGEST_SHOWN = 300;
const LONGEST_NAME = 40;
/** Letters: what Discord takes of a message, less what stands around. */
const ROOM = 3_000;
const KIND = 'message-search';

/** What is looked for waits in the database for a day; who may read what is asked anew for each page. */
export const turnMessages = defineComponent({
  ...MESSAGE_RULES,
  kind: 'button',
  id: 'messages.page',
  version: 1,
  state: Type.Object({
    sought: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    to: Type.Union([Type.Literal('older'), Type.Literal('newer')]),
    id: Type.String({ pattern: '^\\d{17,20}$' }),
  }),
  async run(asked, context) {
    const { interaction, state } = asked;
    const sought = await readDraft(context.db, { id: state.sought, owner: interaction.user.id, kind: KIND });
    if (!Value.Check(SoughtMessages, sought) || sought.guild !== interaction.guildId)
      throw new UserError('messageSearch.gone');
    return await page({ sought, kept: state.sought, from: { to: state.to, id: state.id } }, asked, context);
  },
});

type Asking = Pick<Asked<BaseInteraction>, 'interaction' | 'signal' | 'reader'>;

/** The newest of what is looked for, with buttons to what is older. */
export function firstMessages(sought: SoughtMessages, asked: Asking, context: Context): Promise<Answer> {
  if (sought.within !== undefined) mustSee(sought.within, asked.interaction);
  return page({ sought, kept: undefined, from: undefined }, asked, context);
}

function mustSee(channel: string, interaction: BaseInteraction): void {
  const found = interaction.guild?.channels.cache.get(channel);
  if (found && !found.permissionsFor(memberOf(interaction)).has(PermissionFlagsBits.ViewChannel))
    throw new UserError('messageSearch.cannotRead', { channel: mention('channel', channel) });
}

interface Looking {
  readonly sought: SoughtMessages;
  /** Under which it is kept already. */
  readonly kept: string | undefined;
  readonly from: MessagesFrom | undefined;
  /** Words that were taken in place of those that are nowhere. */
  readonly changed?: Nearly['changed'];
}

async function page({ sought, kept, from, changed }: Looking, asked: Asking, context: Context): Promise<Answer> {
  const { interaction, reader, signal } = asked;
  const who = { member: memberOf(interaction), ageRestricted: isAgeRestricted(interaction) };
  const result = await searchArchive(sought, who, { from, limit: ON_A_PAGE + 1 }, context, { signal });
  const { found } = result;
  if (found.length === 0 && from === undefined && changed === undefined) {
    const other = await nearly(sought, result.channels, context);
    if (other) return page({ ...other, kept, from }, asked, context);
  }
  const newer = from?.to === 'newer';
  const textOf = (one: FoundMessage) => render(lineOf(one, sought.guild), reader);
  const shown = fitPage(found, textOf, { most: ON_A_PAGE, room: ROOM, from: newer ? 'last' : 'first' });
  const beyond = found.length > shown.length;
  const [first, last] = [shown.at(0), shown.at(-1)];
  if (!first || !last) return nothing(sought, result, from !== undefined);
  const older = newer || beyond;
  const id = kept ?? (older ? await keep(sought, interaction, context) : undefined);
  const step = (to: MessagesFrom['to'], message: string, there: boolean): readonly Button[] =>
    id === undefined
      ? []
      : [
          {
            label: t(`messageSearch.${to}`),
            customId: turnMessages.customId({ sought: id, to, id: message }),
            disabled: !there,
          },
        ];
  const buttons = [...step('newer', first.id, newer ? beyond : from !== undefined), ...step('older', last.id, older)];
  const instead = (changed ?? []).map(([typed, like]) =>
    t('messageSearch.instead', { typed: code(typed), like: code(like) }),
  );
  const parts: Part[] = [
    ...instead.map((text) => ({ kind: 'text', text }) as const),
    { kind: 'lines', lines: shown.map((one) => lineOf(one, sought.guild)) },
    ...(result.leftOut ? [{ kind: 'small', text: t('messageSearch.leftOut') } as const] : []),
    ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
  ];
  return { tone: 'info', title: t('messageSearch.title'), parts };
}

/** Never tells whether there is something that cannot be read. */
function nothing({ deleted }: SoughtMessages, { anywhere, leftOut }: FoundPage, turned: boolean): Answer {
  const key = turned ? 'noMore' : anywhere ? 'none' : deleted ? 'nowhereDeleted' : 'nowhere';
  const parts: Part[] = [
    { kind: 'text', text: t(`messageSearch.${key}`) },
    ...(leftOut ? [{ kind: 'small', text: t('messageSearch.leftOut') } as const] : []),
  ];
  return { tone: 'info', title: t('messageSearch.title'), parts };
}

async function keep(sought: SoughtMessages, { user }: BaseInteraction, { db }: Context): Promise<string> {
  const id = crypto.randomUUID();
  await insertDraft(db, { id, owner: user.id, kind: KIND }, sought);
  return id;
}

function memberOf(interaction: BaseInteraction): GuildMember {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  return interaction.member;
}

/** Whether the question is put in an age-restricted channel, or a thread of one. */
function isAgeRestricted({ channel }: BaseInteraction): boolean {
  const around = channel?.isThread() ? channel.parent : channel;
  return around !== null && around !== undefined && 'nsfw' in around && around.nsfw;
}

function lineOf(one: FoundMessage, guild: string): Said {
  const { id, channel, author, name, sentAt, editedAt, deletedAt, files, text } = one;
  const url = `https://discord.com/channels/${guild}/${channel}/${id}`;
  const said = markedWords(text, LONGEST_SHOWN);
  return t('messageSearch.line', {
    ...{ url, who: mention('user', author), name: clip(name, LONGEST_NAME), where: mention('channel', channel) },
    when: timestamp(sentAt, 'f'),
    files: files > 0 ? t('messageSearch.files', { count: files }) : '',
    edited: editedAt ? t('messageSearch.edited') : '',
    deleted: deletedAt ? t('messageSearch.deleted', { when: timestamp(deletedAt, 'f') }) : '',
    text: said ?? t('messageSearch.noText'),
  });
}
