import { type GuildMember, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { lastingCase } from '../../db/cases.ts';
import { raidsSince } from '../../db/raids.ts';
import { keepVerified } from '../../db/verifications.ts';
import { UserError } from '../answers/user-error.ts';
import { mention, type Said, t } from '../answers/words.ts';
import { tellServerLog } from '../logs/server-log.ts';
import { botActor } from '../moderation/bot-actor.ts';
import { whyNotMine } from '../moderation/member-roles.ts';
import type { NewAction } from '../moderation/moderation.ts';
import { refusalOf } from '../moderation/refusal.ts';
import { moderates } from '../moderation/taken-roles.ts';
import type { AreaValue } from '../settings/areas.ts';
import { moderatesHere } from './overdue.ts';

/** Since when nobody has joined in its way a raid is over. */
const RAID_MS = 15 * 60_000;
/** Who presses twice has passed once. */
const ONCE_MS = 60_000;
const TELL_MS = 60_000;

/** How somebody has shown that they are a person. */
export type How = 'button' | 'picture' | 'question';
export type Verifying = AreaValue<'verification'> & { readonly role: string };

/** A server's settings, for a member who may pass now. UserError where it is off, or something comes first. */
export async function verifyingOf(member: GuildMember, { db, now, settings }: Context): Promise<Verifying> {
  const { guild, id: target } = member;
  const held = await settings.of(guild.id, 'verification');
  const { channel, role } = held;
  if (channel === undefined || role === undefined) throw new UserError('verification.off');
  if (member.pending) throw new UserError('verification.screening');
  if (member.roles.cache.has(role)) throw new UserError('verification.already', { role: mention('role', role) });
  if (await lastingCase(db, { guild: guild.id, target, type: 'jail' }, now()))
    throw new UserError('verification.jailed');
  return { ...held, role };
}

/** Whether more than a press of a button is asked for at this moment. */
export async function asksMore(
  guild: string,
  { kind, raidCaptcha }: Verifying,
  { db, now }: Context,
): Promise<boolean> {
  if (kind === 'captcha') return true;
  return raidCaptcha && (await raidsSince(db, guild, new Date(now().getTime() - RAID_MS))).length > 0;
}

/** Gives the role to whoever has passed, and tells the log once. UserError where the bot cannot give it. */
export async function pass(member: GuildMember, how: How, context: Context, signal: AbortSignal): Promise<void> {
  const { db, discord, i18n, log, now, settings } = context;
  const { guild, id } = member;
  const { role } = await verifyingOf(member, context);
  const why = (await whyNotMine(guild, { id: role })) ?? (moderates(guild, role) ? t('joining.moderates') : undefined);
  if (why) await cannotGive(member, role, why, context);
  const { language } = await settings.of(guild.id, 'general');
  const reason = i18n.t('verification.reason', {}, language);
  try {
    await discord.rest.put(Routes.guildMemberRole(guild.id, id, role), { reason, signal });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await cannotGive(member, role, refusal, context);
  }
  const at = now();
  const first = await keepVerified(
    db,
    { guild: guild.id, member: id },
    { at, since: new Date(at.getTime() - ONCE_MS) },
  );
  if (!first) return;
  log.info({ guild: guild.id, member: id, how }, 'a member was verified');
  tell(guild.id, t(`verification.log.${how}`, { member: mention('user', id) }), context);
}

/** What becomes of whoever has no attempt left; whether they are kicked. */
export async function fail(member: GuildMember, { failed }: Verifying, context: Context): Promise<boolean> {
  const { guild, id } = member;
  context.log.info({ guild: guild.id, member: id }, 'a member failed the verification');
  tell(guild.id, t('verification.log.failed', { member: mention('user', id) }), context);
  if (failed !== 'kick' || (await moderatesHere(member, context))) return false;
  await context.moderation.order(await kickOrder(member, 'verification.kickFailed', context));
  return true;
}

/** The case by which whoever has not passed is kicked. */
export async function kickOrder(
  { guild, id: target, user }: GuildMember,
  why: 'verification.kickFailed' | 'verification.kickLate',
  context: Context,
): Promise<NewAction> {
  const { language } = await context.settings.of(guild.id, 'general');
  const reason = context.i18n.t(why, {}, language);
  const whose = { guild: guild.id, target, targetName: user.username };
  return { ...whose, type: 'kick', actor: botActor(context), reason, source: 'automod' };
}

/** The server is told why; whoever asked cannot do anything about it. */
async function cannotGive(member: GuildMember, role: string, why: Said, context: Context): Promise<never> {
  const { guild, id } = member;
  context.log.error(
    { guild: guild.id, member: id, role, why: why.key },
    'a verified member could not be given the role',
  );
  const text = t('joining.refused.role', { role: mention('role', role), why });
  await context.joinNotices.tell(guild.id, `role ${role} ${why.key}`, text);
  throw new UserError('verification.cannot');
}

/** Nobody waits for the log. */
function tell(guild: string, text: Said, context: Context): void {
  const { gateway, inFlight, log } = context;
  // Behind what people wait for: in a raid there are hundreds.
  const work = async () => {
    await gateway.lanes.within('jobs', () =>
      tellServerLog(context, guild, { tone: 'info', parts: [{ kind: 'text', text }] }),
    );
  };
  inFlight.track('telling of a verification', work, { deadlineMs: TELL_MS }).catch((error: unknown) => {
    log.warn({ guild, error }, 'the log of a server could not be told of a verification');
  });
}
