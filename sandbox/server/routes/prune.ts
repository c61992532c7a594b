import { type Call, route } from '../http/define-route.ts';
import { type Form, isRecord } from '../http/form.ts';
import { queryForm } from '../http/query.ts';
import { requireGuild } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { AUDIT } from '../state/audit.ts';
import type { Guild } from '../state/guilds.ts';
import { removeMember } from '../state/remove-member.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

type In = Call<'guild_id'>;

const DAY = 24 * 3_600_000;

/** People without a role (or with none but those named) who came before that many days and are not here now. */
function idle(call: In, guild: Guild, form: Form, included: readonly Id[]): Id[] {
  const days = form.int('days', { min: 1, max: 30 }) ?? 7;
  const since = call.state.now() - days * DAY;
  return [...guild.members.values()]
    .filter(({ roles, joined_at: joined, user_id: id }) => {
      const away = (guild.presences.get(id)?.status ?? 'offline') === 'offline';
      return (
        away && id !== guild.ownerId && Date.parse(joined) < since && roles.every((role) => included.includes(role))
      );
    })
    .map(({ user_id: id }) => id);
}

function count(call: In): object {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'KickMembers', 'ManageGuild');
  const included = call.query.getAll('include_roles').flatMap((ids) => ids.split(','));
  return { pruned: idle(call, guild, queryForm(call.query), included).length };
}

function prune(call: In): object {
  const { state, actor, body } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'KickMembers', 'ManageGuild');
  const roles = body.raw('include_roles');
  const included = typeof roles === 'string' ? roles.split(',') : (body.ids('include_roles', { max: 100 }) ?? []);
  const gone = idle(call, guild, body, included);
  for (const id of gone) removeMember(state, guild, id);
  const days = isRecord(call.rawBody) ? String(call.rawBody.days ?? 7) : '7';
  const options = { delete_member_days: days, members_removed: String(gone.length) };
  record(call, guild, { target_id: null, action_type: AUDIT.memberPrune, options });
  return { pruned: body.flag('compute_prune_count') === false ? null : gone.length };
}

export const pruneRoutes = [
  route('GET', '/guilds/{guild_id}/prune', count),
  route('POST', '/guilds/{guild_id}/prune', prune),
];
