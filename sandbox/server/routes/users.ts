import { ApiError } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { guildPermissions } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { type Channel, makeDm } from '../state/channels.ts';
import type { State } from '../state/state.ts';
import { hashOf, type User } from '../state/users.ts';

function me({ state, actor }: Call): object {
  return { ...state.user(actor), mfa_enabled: true, locale: 'en-US', premium_type: 0, email: null, verified: true };
}

function editMe({ state, actor, body }: Call): object {
  const username = body.text('username', { min: 2, max: 32 });
  const avatar = body.nullableText('avatar', { max: 10_000_000 });
  const user: User = {
    ...state.user(actor),
    ...(username !== undefined && { username }),
    ...(avatar !== undefined && { avatar: avatar === null ? null : hashOf(avatar) }),
  };
  state.users.set(user.id, user);
  if (actor === state.bot.id) state.bot = user;
  tellUser(state, user);
  return { ...user, mfa_enabled: true, locale: 'en-US' };
}

/** Whoever is changed is told so themselves; others hear of it by the servers that they share. */
function tellUser(state: State, user: User): void {
  if (user.id === state.bot.id) state.emit({ t: 'USER_UPDATE', d: user });
  for (const guild of state.guilds.values()) {
    const member = guild.members.get(user.id);
    if (!member) continue;
    state.emit({ t: 'GUILD_MEMBER_UPDATE', d: { ...state.memberView(member), guild_id: guild.id }, guild: guild.id });
  }
}

/** A direct message channel is made once for two people; who has left every shared server can still be reached for it. */
export function openDm(state: State, from: Id, to: Id): Channel {
  const other = state.user(to);
  for (const channel of state.channels.values()) {
    const ids = channel.recipients?.map(({ id }) => id);
    if (ids?.length === 2 && ids.includes(from) && ids.includes(to)) return channel;
  }
  return state.setChannel(makeDm(state.ids.next(), [state.user(from), other]));
}

/** The other side is who is listed. */
export function dmView(state: State, channel: Channel, reader: Id): object {
  return { ...state.channelView(channel), recipients: channel.recipients?.filter(({ id }) => id !== reader) };
}

function createDm({ state, actor, body }: Call): object {
  const recipient = body.needId('recipient_id');
  if (recipient === actor) throw new ApiError(400, 50033, 'Invalid Recipient(s)');
  return dmView(state, openDm(state, actor, recipient), actor);
}

function guilds({ state, actor }: Call): object[] {
  return [...state.guilds.values()]
    .filter(({ members }) => members.has(actor))
    .map((guild) => ({
      id: guild.id,
      name: guild.settings.name,
      icon: guild.settings.icon,
      banner: null,
      owner: guild.ownerId === actor,
      permissions: String(guildPermissions(guild, actor)),
      features: guild.settings.features,
    }));
}

export const userRoutes = [
  route('GET', '/users/@me', me),
  route('PATCH', '/users/@me', editMe),
  route('POST', '/users/@me/channels', createDm),
  route('GET', '/users/@me/guilds', guilds),
  route('GET', '/users/{user_id}', ({ state, params }) => state.user(params.user_id)),
];
