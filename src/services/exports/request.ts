import { type Static, Type } from '@sinclair/typebox';
import type { GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import { keptChannels } from '../../db/message-export.ts';
import { isAbove } from '../permissions/above.ts';
import type { MessageExport } from './export-messages.ts';
import { readableChannels } from './readable-channels.ts';

const Id = Type.String({ pattern: '^\\d{15,20}$' });

/** What somebody wants exported, as they said it. Moments are in milliseconds since the epoch. */
export const ExportRequest = Type.Object({
  format: Type.Union([Type.Literal('jsonl'), Type.Literal('csv'), Type.Literal('html')]),
  packing: Type.Union([Type.Literal('none'), Type.Literal('gzip'), Type.Literal('zip')]),
  channel: Type.Optional(Id),
  author: Type.Optional(Id),
  from: Type.Optional(Type.Number()),
  to: Type.Optional(Type.Number()),
  text: Type.Optional(Type.String()),
});
export type ExportRequest = Static<typeof ExportRequest>;

/** What of it a member may have at this moment; nothing where nothing is kept of channels that they may read. */
export async function allowedOf(
  request: ExportRequest,
  member: GuildMember,
  context: Context,
): Promise<Pick<MessageExport, 'filter' | 'format' | 'packing' | 'channels'> | undefined> {
  const { guild } = member;
  const above = isAbove(guild.id, member.id, context);
  const { channel: within, author, from, to, text, format, packing } = request;
  const channels = readableChannels(await keptChannels(context.db, guild.id), { member, above, within });
  if (channels.length === 0) return undefined;
  const named = channels.flatMap((id) => {
    const name = guild.channels.cache.get(id)?.name;
    return name === undefined ? [] : [[id, name] as const];
  });
  return {
    ...{ format, packing, channels: Object.fromEntries(named) },
    filter: {
      ...{ guild: guild.id, channels, author: author ?? null, text: text ?? null },
      ...{ from: from ?? null, to: to ?? null },
    },
  };
}
