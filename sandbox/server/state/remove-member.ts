import type { Id } from '../snowflake.ts';
import type { Guild } from './guilds.ts';
import type { State } from './state.ts';
import { setVoice } from './voice.ts';

/**
 * Someone is not a member any more, however that came: out of voice, threads and lists, and all are told. When it is
 * the bot, the whole server is gone for it.
 */
export function removeMember(state: State, guild: Guild, id: Id): boolean {
  const member = guild.members.get(id);
  if (!member) return false;
  if (guild.voice.has(id)) setVoice(state, guild.id, id, null);
  guild.members.delete(id);
  guild.formerMembers.set(id, member);
  guild.presences.delete(id);
  guild.permissionCache.clear();
  for (const channel of guild.channels) state.threadMembers.get(channel)?.delete(id);
  if (id === state.bot.id) state.emit({ t: 'GUILD_DELETE', d: { id: guild.id }, guild: guild.id });
  state.emit({ t: 'GUILD_MEMBER_REMOVE', d: { guild_id: guild.id, user: state.user(id) }, guild: guild.id });
  return true;
}
