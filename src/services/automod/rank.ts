import { PermissionsBitField } from 'discord.js';
import type { Context } from '../../context.ts';
import { standingOf } from '../permissions/ranks.ts';
import type { JudgedMessage } from './judged.ts';

/** The rank of whoever wrote a message, by the roles they had then; 0 of a webhook. */
export async function rankOf(
  { guild, author, roles, webhook }: Pick<JudgedMessage, 'guild' | 'author' | 'roles' | 'webhook'>,
  { discord, gateway, settings }: Pick<Context, 'discord' | 'gateway' | 'settings'>,
): Promise<number> {
  if (webhook !== undefined) return 0;
  const ranks = settings.peek(guild, 'permissions') ?? (await settings.of(guild, 'permissions'));
  const place = discord.guilds.cache.get(guild);
  const given = [guild, ...roles].map((id) => place?.roles.cache.get(id)?.permissions.bitfield ?? 0n);
  const held = new PermissionsBitField(given.reduce((all, own) => all | own, 0n));
  const person = { id: author, guildId: guild, ownerId: place?.ownerId, roles, held };
  return standingOf({ ...person, operator: gateway.isOwner(author) }, ranks).rank;
}
