import { ApiError, unknown } from '../api-error.ts';
import { Answer, type Call, route } from '../http/define-route.ts';
import { requireGuild } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import type { Emoji, Guild } from '../state/guilds.ts';
import type { State } from '../state/state.ts';
import { requireOwn } from './applications.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

type In<P extends string = never> = Call<'guild_id' | P>;
type Mine<P extends string = never> = Call<'application_id' | P>;

const MOST = 50;
const MOST_MINE = 2_000;
const IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/;

function read({ state, actor, body }: Call<never>): Emoji {
  const name = body.needText('name', { min: 2, max: 32 });
  if (!/^\w+$/.test(name)) body.fail('name', 'STRING_TYPE_REGEX', 'String value did not match validation regex.');
  const image = body.needText('image', { max: 400_000 });
  if (!IMAGE.test(image))
    throw new ApiError(400, 50035, 'Invalid Form Body', {
      image: { _errors: [{ code: 'IMAGE_INVALID', message: 'Invalid image data' }] },
    });
  return {
    id: state.ids.next(),
    name,
    roles: body.ids('roles') ?? [],
    user: state.user(actor),
    require_colons: true,
    managed: false,
    animated: image.startsWith('data:image/gif'),
    available: true,
  };
}

function tell(state: State, guild: Guild): void {
  const d = { guild_id: guild.id, emojis: [...guild.emojis.values()] };
  state.emit({ t: 'GUILD_EMOJIS_UPDATE', d, guild: guild.id });
}

function create(call: In): Answer {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageGuildExpressions');
  if (guild.emojis.size >= MOST) throw new ApiError(400, 30008, `Maximum number of emojis reached (${MOST})`);
  const emoji = read(call);
  guild.emojis.set(emoji.id, emoji);
  tell(call.state, guild);
  const changes = [{ key: 'name', new_value: emoji.name }];
  record(call, guild, { action_type: AUDIT.emojiCreate, target_id: emoji.id, changes });
  return new Answer(201, emoji);
}

function found(emojis: ReadonlyMap<Id, Emoji>, id: Id): Emoji {
  const emoji = emojis.get(id);
  if (!emoji) throw unknown('emoji');
  return emoji;
}

function edit(call: In<'emoji_id'>): Emoji {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageGuildExpressions');
  const before = found(guild.emojis, call.params.emoji_id);
  const after = { ...before, name: call.body.text('name', { min: 2, max: 32 }) ?? before.name };
  guild.emojis.set(after.id, after);
  tell(call.state, guild);
  const changes = changesOf(before, after, ['name']);
  record(call, guild, { action_type: AUDIT.emojiUpdate, target_id: after.id, changes });
  return after;
}

function remove(call: In<'emoji_id'>): undefined {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageGuildExpressions');
  const { id, name } = found(guild.emojis, call.params.emoji_id);
  guild.emojis.delete(id);
  tell(call.state, guild);
  const changes = [{ key: 'name', old_value: name }];
  record(call, guild, { action_type: AUDIT.emojiDelete, target_id: id, changes });
}

/** The bot's own emojis, which it can use everywhere. */
function mineOf(call: Mine): Map<Id, Emoji> {
  requireOwn(call);
  return call.state.applicationEmojis;
}

function createMine(call: Mine): Answer {
  const applicationEmojis = mineOf(call);
  if (applicationEmojis.size >= MOST_MINE)
    throw new ApiError(400, 30008, `Maximum number of emojis reached (${MOST_MINE})`);
  const emoji = read(call);
  applicationEmojis.set(emoji.id, emoji);
  return new Answer(201, emoji);
}

function editMine(call: Mine<'emoji_id'>): Emoji {
  const mine = mineOf(call);
  const before = found(mine, call.params.emoji_id);
  const after = { ...before, name: call.body.text('name', { min: 2, max: 32 }) ?? before.name };
  mine.set(after.id, after);
  return after;
}

function removeMine(call: Mine<'emoji_id'>): undefined {
  const mine = mineOf(call);
  mine.delete(found(mine, call.params.emoji_id).id);
}

export const emojiRoutes = [
  route('GET', '/guilds/{guild_id}/emojis', (call) => [...guildOf(call).emojis.values()]),
  route('POST', '/guilds/{guild_id}/emojis', create),
  route('GET', '/guilds/{guild_id}/emojis/{emoji_id}', (call) => found(guildOf(call).emojis, call.params.emoji_id)),
  route('PATCH', '/guilds/{guild_id}/emojis/{emoji_id}', edit),
  route('DELETE', '/guilds/{guild_id}/emojis/{emoji_id}', remove),
  route('GET', '/applications/{application_id}/emojis', (call) => ({ items: [...mineOf(call).values()] })),
  route('POST', '/applications/{application_id}/emojis', createMine),
  route('GET', '/applications/{application_id}/emojis/{emoji_id}', (call) => found(mineOf(call), call.params.emoji_id)),
  route('PATCH', '/applications/{application_id}/emojis/{emoji_id}', editMine),
  route('DELETE', '/applications/{application_id}/emojis/{emoji_id}', removeMine),
];
