import { RESTJSONErrorCodes as Code, DiscordAPIError, type Guild, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { lastingCase } from '../../db/cases.ts';
import { mention, type Said, t } from '../../services/answers/words.ts';
import { RolesPayload } from '../../services/joining/orders.ts';
import { whyNotMine } from '../../services/moderation/member-roles.ts';
import { serverOf } from '../../services/moderation/members.ts';
import { refusalOf } from '../../services/moderation/refusal.ts';
import { moderates } from '../../services/moderation/taken-roles.ts';
import { type Delivery, defineTimer } from '../timer.ts';

/** Discord knows them no more: they have left. */
class GoneError extends Error {}

/** Gives whoever has joined the roles that the server has for them. What cannot be given keeps nobody from the others. */
export default defineTimer({
  payload: RolesPayload,
  missed: 'late',
  failure: 'error',
  deadlineMs: 60_000,
  async deliver(delivery, context, signal) {
    const { guild = '', owner: target, payload } = delivery;
    const { db, log, now, settings } = context;
    if (payload.waiting) return { kind: 'done' }; // they never passed the screening
    const { people, bots, keep } = await settings.of(guild, 'joinRoles');
    // Whoever is in jail has the jail's role alone.
    if (await lastingCase(db, { guild, target, type: 'jail' }, now())) return { kind: 'done' };
    const server = await serverOf(guild, context);
    try {
      const own = payload.bot ? bots : people;
      for (const role of own) {
        const why = await whyNotGiven(server, target, role, context, signal);
        if (why) await tell(delivery, role, why, context);
      }
      const { role: jail } = await settings.of(guild, 'jail');
      const kept = keep ? (payload.kept ?? []).filter((role) => role !== jail && !own.includes(role)) : [];
      for (const role of kept) {
        const why = await whyNotGiven(server, target, role, context, signal);
        if (why) log.info({ guild, member: target, role, why: why.key }, 'a role is not given back');
      }
    } catch (error) {
      if (!(error instanceof GoneError)) throw error;
    }
    return { kind: 'done' };
  },
});

/** Gives a role, or says why that will never be. Rejects with what may pass. */
async function whyNotGiven(
  server: Guild,
  target: string,
  role: string,
  { discord, i18n, settings }: Context,
  signal: AbortSignal,
): Promise<Said | undefined> {
  const why =
    (await whyNotMine(server, { id: role })) ?? (moderates(server, role) ? t('joining.moderates') : undefined);
  if (why) return why;
  const { language } = await settings.of(server.id, 'general');
  const reason = i18n.t('joining.roleReason', {}, language);
  try {
    await discord.rest.put(Routes.guildMemberRole(server.id, target, role), { reason, signal });
    return undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError && [Code.UnknownMember, Code.UnknownUser].includes(Number(error.code)))
      throw new GoneError('they have left', { cause: error });
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal;
  }
}

async function tell({ guild = '', owner }: Delivery, role: string, why: Said, context: Context): Promise<void> {
  context.log.error({ guild, member: owner, role, why: why.key }, 'a new member could not be given a role');
  await context.joinNotices.tell(
    guild,
    `role ${role} ${why.key}`,
    t('joining.refused.role', { role: mention('role', role), why }),
  );
}
