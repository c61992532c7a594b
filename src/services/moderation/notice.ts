import { DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case, Told } from '../../db/cases.ts';
import type { Key } from '../../lib/i18n.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import { mention, t, timestamp, type Words } from '../answers/words.ts';
import type { AreaValue } from '../settings/areas.ts';
import { UnsureSentError } from '../timers/find-sent.ts';
import type { Outgoing } from '../timers/send-once.ts';
import { serverOf } from './members.ts';
import { refusalOf } from './refusal.ts';

/** Sends a message that is there once, however often it is tried: that of a timer's delivery. */
export type SendOnce = (channel: string, message: Outgoing) => Promise<unknown>;

/** Tells a person what was, or is about to be, done to them. That they take no messages is recorded, and no failure. */
export async function tellTarget(one: Case, send: SendOnce, context: Context): Promise<Exclude<Told, null>> {
  try {
    const { id } = await context.discord.users.createDM(one.target);
    const { language: locale } = await context.settings.of(one.guild, 'general');
    const own = await context.settings.of(one.guild, 'moderation');
    const notice = noticeOf(one, await serverName(one.guild, context), own, context);
    await send(id, { body: toPayload(notice, { i18n: context.i18n, locale }).body });
    return 'yes';
  } catch (error) {
    if (error instanceof UnsureSentError) return 'no';
    if (error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429) {
      return 'closed';
    }
    throw error;
  }
}

/** Tells a person that what they were told of was not done. Rejects as Discord does, as when they take no messages. */
export async function tellTakenBack(one: Case, send: SendOnce, context: Context): Promise<void> {
  const { id } = await context.discord.users.createDM(one.target);
  const { language: locale } = await context.settings.of(one.guild, 'general');
  const server = await serverName(one.guild, context);
  const title = t('moderation.takenBack', { server });
  const { body } = toPayload({ tone: 'info', title, parts: [] }, { i18n: context.i18n, locale });
  await send(id, { body });
}

/** How a server is called, also in a process whose shards do not have it; by its id where Discord does not say. */
async function serverName(guild: string, context: Context): Promise<string> {
  try {
    return (await serverOf(guild, context)).name;
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    return guild;
  }
}

/** What the server itself says in such messages. */
type Own = Pick<AreaValue<'moderation'>, 'appeal' | 'notices'>;

function noticeOf(one: Case, server: string, { appeal, notices }: Own, { i18n }: Context): Answer {
  const key = `moderation.notice.${one.type}`;
  const own = notices[one.type];
  const fields: (readonly [Words, Words])[] = [
    ...(one.reason === null ? [] : [[t('moderation.reason'), one.reason] as const]),
    ...(one.until === null ? [] : [[t('moderation.until'), timestamp(one.until, 'f')] as const]),
  ];
  return {
    tone: 'warning',
    title: t(i18n.has(key) ? key : 'moderation.notice.other', { server }),
    parts: [
      ...(fields.length > 0 ? [{ kind: 'fields', fields } as const] : []),
      ...(own === undefined ? [] : [{ kind: 'text', text: own } as const]),
    ],
    next: appeal === undefined ? t('moderation.notice.next', { number: one.number }) : appeal,
  };
}

/** How a case's type is called; as it is stored, where this version of the bot does not know it. */
export function typeWords({ type }: Pick<Case, 'type'>, { i18n }: Pick<Context, 'i18n'>): Words {
  const key = `moderation.types.${type}`;
  return i18n.has(key) ? t(key as Key) : type;
}

/** What is not there any more when there is a case of it. */
const GONE: readonly string[] = ['channel-delete', 'emoji-delete', 'role-delete', 'sticker-delete'];

/** Who a case was about: their name then, and a mention where it is a person. */
export function targetWords(
  { guild, type, target, targetName }: Pick<Case, 'guild' | 'type' | 'target' | 'targetName'>,
  ofPerson: boolean,
): Words {
  if (GONE.includes(type)) return targetName;
  if (ofPerson) return t('moderation.person', { who: mention('user', target), name: targetName });
  return target === guild ? t('moderation.wholeServer') : mention('channel', target);
}
