import { RESTJSONErrorCodes as Code, DiscordAPIError, type Guild, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { lastingCase } from '../../db/cases.ts';
import { pointsOf } from '../../db/member-points.ts';
import { mention, type Said, t } from '../../services/answers/words.ts';
import { levelOf } from '../../services/levels/curve.ts';
import { LevelRolesPayload } from '../../services/levels/orders.ts';
import { rolesAt } from '../../services/levels/rewards.ts';
import { whyNotMine } from '../../services/moderation/member-roles.ts';
import { memberNow, serverOf } from '../../services/moderation/members.ts';
import { refusalOf } from '../../services/moderation/refusal.ts';
import { moderates } from '../../services/moderation/taken-roles.ts';
import { defineTimer } from '../timer.ts';

/** Gives a member the roles of their level as it is now, and takes those that are theirs no more. What fails keeps nobody from the others. */
export default defineTimer({
  payload: LevelRolesPayload,
  missed: 'late',
  failure: 'error',
  deadlineMs: 60_000,
  async deliver({ guild = '', owner: target, payload: { fell } }, context, signal) {
    const { db, levelNotices, log, now, settings } = context;
    const wanted = await settings.of(guild, 'levels');
    // Whoever is in jail has the jail's role alone.
    if (await lastingCase(db, { guild, target, type: 'jail' }, now())) return { kind: 'done' };
    const server = await serverOf(guild, context);
    const member = await memberNow(server, target);
    if (!member) return { kind: 'done' };
    const { given, lower, higher } = rolesAt(levelOf(await pointsOf(db, guild, target)), wanted);
    const has = (role: string) => member.roles.cache.has(role);
    const changes = [
      ...given.filter((role) => !has(role)).map((role) => ({ role, how: 'put' }) as const),
      ...[...lower, ...(fell ? higher : [])].filter(has).map((role) => ({ role, how: 'delete' }) as const),
    ];
    for (const { role, how } of changes) {
      const why = await whyNotChanged(server, { target, role, how }, context, signal);
      if (!why) continue;
      log.warn({ guild, member: target, role, why: why.key }, 'a role of a level could not be given or taken');
      await levelNotices.tell(
        guild,
        `role ${role} ${why.key}`,
        t('levels.refused.role', { role: mention('role', role), why }),
      );
    }
    return { kind: 'done' };
  },
});

interface Change {
  readonly target: string;
  readonly role: string;
  readonly how: 'put' | 'delete';
}

/** Gives or takes a role, or says why that will never be. Rejects with what may pass. */
async function whyNotChanged(
  server: Guild,
  { target, role, how }: Change,
  { discord, i18n, settings }: Context,
  signal: AbortSignal,
): Promise<Said | undefined> {
  const why =
    (await whyNotMine(server, { id: role })) ??
    (how === 'put' && moderates(server, role) ? t('joining.moderates') : undefined);
  if (why) return why;
  const { language } = await settings.of(server.id, 'general');
  const reason = i18n.t('levels.roleReason', {}, language);
  try {
    await discord.rest[how](Routes.guildMemberRole(server.id, target, role), { reason, signal });
    return undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError && [Code.UnknownMember, Code.UnknownUser].includes(Number(error.code)))
      return undefined; // they have left
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal;
  }
}
