import { DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case, Told } from '../../db/cases.ts';
import type { Key } from '../../lib/i18n.ts';
import { toPayload } from '../answers/payload.ts';
import { mention, t, type Words } from '../answers/words.ts';
import { UnsureSentError } from '../timers/find-sent.ts';
import type { Outgoing } from '../timers/send-once.ts';
import { letterOf } from './letter.ts';
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
    const reader = { i18n: context.i18n, locale };
    const letter = letterOf(one, own, await serverName(one.guild, context), reader);
    await send(id, { body: toPayload(letter, reader).body });
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
