import { type GuildMember, PermissionFlagsBits, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Said, t } from '../answers/words.ts';
import type { Asked, Doing } from './action.ts';

const DAY_MS = 86_400_000;
/** What Discord takes of a timeout, less what the clocks may be apart. */
const LONGEST_MS = 28 * DAY_MS - 120_000;
/** A longer one is renewed so long after it was set. */
const RENEW_MS = 27 * DAY_MS;

/** Sets until when a member is in timeout, as far as Discord takes it; says until when it is. Rejects as Discord does. */
export async function setTimeoutUntil(
  { one, context, reason, signal }: Pick<Doing, 'one' | 'context' | 'reason' | 'signal'>,
  until: Date | null,
): Promise<Date | null> {
  const longest = context.now().getTime() + LONGEST_MS;
  const to = until && new Date(Math.min(until.getTime(), longest));
  const body = { communication_disabled_until: to?.toISOString() ?? null };
  await context.discord.rest.patch(Routes.guildMember(one.guild, one.target), { body, reason, signal });
  return to;
}

/** When the bot has to see to a timeout again: those longer than Discord takes are renewed, and end by the bot. */
export function nextLook(until: Date | null, now: Date): Date | undefined {
  if (!until || until.getTime() - now.getTime() <= LONGEST_MS) return undefined;
  return new Date(now.getTime() + RENEW_MS);
}

/** Until when a member is in timeout by Discord; nothing when they are not. */
export function inTimeoutUntil(member: GuildMember | undefined, now: Date): Date | undefined {
  const until = member?.communicationDisabledUntil;
  return until && until > now ? until : undefined;
}

/** Discord lets nobody put administrators in timeout. The member has just been asked for, and is known. */
export async function refuseAdministrator({ guild, target }: Asked, { discord }: Context): Promise<Said | undefined> {
  const member = discord.guilds.cache.get(guild)?.members.cache.get(target);
  const is = member?.permissions.has(PermissionFlagsBits.Administrator) ?? false;
  return is ? t('moderation.refused.administrator') : undefined;
}
