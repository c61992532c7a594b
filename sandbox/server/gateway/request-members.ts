import type { State } from '../state/state.ts';
import { Refused } from './connection.ts';
import { PRIVILEGED } from './intents.ts';
import type { Session } from './session.ts';

const CHUNK = 1_000;

/** Op 8: members by name or id, in chunks of a thousand. The whole list needs the members intent, presences theirs. */
export function requestMembers(state: State, session: Session, d: Record<string, unknown>): void {
  const guild = state.guilds.get(String(d.guild_id));
  if (!guild) return;
  const wantsPresences = d.presences === true;
  const { query, limit, nonce } = d;
  const all = query === '' && (limit === 0 || limit === undefined);
  const needed = (wantsPresences ? PRIVILEGED.presences : 0) | (all ? PRIVILEGED.members : 0);
  if ((session.intents & needed) !== needed) throw new Refused(4014, 'Disallowed intent(s).');
  const found = [];
  const missing: string[] = [];
  if (d.user_ids !== undefined) {
    const asked = (Array.isArray(d.user_ids) ? d.user_ids : [d.user_ids]).slice(0, 100).map(String);
    for (const id of asked) {
      const member = guild.members.get(id);
      if (member) found.push(member);
      else missing.push(id);
    }
  } else {
    const start = String(query ?? '').toLowerCase();
    const most = all ? Number.POSITIVE_INFINITY : Math.min(Number(limit) || 1, 100);
    for (const member of guild.members.values()) {
      if (found.length >= most) break;
      const { username } = state.user(member.user_id);
      const names = [username, member.nick ?? ''];
      if (names.some((name) => name.toLowerCase().startsWith(start))) found.push(member);
    }
  }
  const count = Math.max(1, Math.ceil(found.length / CHUNK));
  for (let index = 0; index < count; index++) {
    const members = found.slice(index * CHUNK, (index + 1) * CHUNK);
    const presences = members.flatMap(({ user_id: id }) => {
      const presence = guild.presences.get(id);
      return presence ? [{ user: { id }, guild_id: guild.id, ...presence }] : [];
    });
    const chunk = {
      guild_id: guild.id,
      members: members.map((member) => state.memberView(member)),
      chunk_index: index,
      chunk_count: count,
      ...(index === 0 && missing.length > 0 && { not_found: missing }),
      ...(wantsPresences && { presences }),
      ...(typeof nonce === 'string' && Buffer.byteLength(nonce) <= 32 && { nonce }),
    };
    session.dispatch('GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
  }
}
