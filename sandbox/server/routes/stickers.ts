import { StickerFormatType, StickerType } from 'discord-api-types/v10';
import { ApiError, unknown } from '../api-error.ts';
import { Answer, type Call, route } from '../http/define-route.ts';
import { requireGuild } from '../permissions.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import type { Guild, Sticker } from '../state/guilds.ts';
import type { State } from '../state/state.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

type In<P extends string = never> = Call<'guild_id' | P>;

const MOST = 5;
const TOLD = ['name', 'description', 'tags'] as const;

function tell(state: State, guild: Guild): void {
  const d = { guild_id: guild.id, stickers: [...guild.stickers.values()] };
  state.emit({ t: 'GUILD_STICKERS_UPDATE', d, guild: guild.id });
}

function create(call: In): Answer {
  const { state, actor, body, files } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageGuildExpressions');
  if (guild.stickers.size >= MOST) throw new ApiError(400, 30039, `Maximum number of stickers reached (${MOST})`);
  const name = body.needText('name', { min: 2, max: 30 });
  const tags = body.needText('tags', { min: 1, max: 200 });
  if (files.length === 0) body.fail('file', 'BASE_TYPE_REQUIRED', 'This field is required');
  const sticker: Sticker = {
    id: state.ids.next(),
    name,
    tags,
    description: body.nullableText('description', { max: 100 }) || null,
    type: StickerType.Guild,
    format_type: StickerFormatType.PNG,
    available: true,
    guild_id: guild.id,
    user: state.user(actor),
  };
  guild.stickers.set(sticker.id, sticker);
  tell(state, guild);
  const changes = TOLD.map((key) => ({ key, new_value: sticker[key] }));
  record(call, guild, { action_type: AUDIT.stickerCreate, target_id: sticker.id, changes });
  return new Answer(201, sticker);
}

function found(guild: Guild, id: string): Sticker {
  const sticker = guild.stickers.get(id);
  if (!sticker) throw unknown('sticker');
  return sticker;
}

function edit(call: In<'sticker_id'>): Sticker {
  const { state, actor, body, params } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageGuildExpressions');
  const before = found(guild, params.sticker_id);
  const after: Sticker = {
    ...before,
    name: body.text('name', { min: 2, max: 30 }) ?? before.name,
    tags: body.text('tags', { min: 1, max: 200 }) ?? before.tags,
    ...(body.has('description') && { description: body.nullableText('description', { max: 100 }) || null }),
  };
  guild.stickers.set(after.id, after);
  tell(state, guild);
  const changes = changesOf(before, after, TOLD);
  record(call, guild, { action_type: AUDIT.stickerUpdate, target_id: after.id, changes });
  return after;
}

function remove(call: In<'sticker_id'>): undefined {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageGuildExpressions');
  const sticker = found(guild, call.params.sticker_id);
  guild.stickers.delete(sticker.id);
  tell(call.state, guild);
  const changes = TOLD.map((key) => ({ key, old_value: sticker[key] }));
  record(call, guild, { action_type: AUDIT.stickerDelete, target_id: sticker.id, changes });
}

export const stickerRoutes = [
  route('GET', '/guilds/{guild_id}/stickers', (call) => [...guildOf(call).stickers.values()]),
  route('POST', '/guilds/{guild_id}/stickers', create),
  route('GET', '/guilds/{guild_id}/stickers/{sticker_id}', (call) => found(guildOf(call), call.params.sticker_id)),
  route('PATCH', '/guilds/{guild_id}/stickers/{sticker_id}', edit),
  route('DELETE', '/guilds/{guild_id}/stickers/{sticker_id}', remove),
];
