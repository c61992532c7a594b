import { type APIRole, OverwriteType, PermissionFlagsBits as P } from 'discord.js';
import type { Overwrite } from './overwrite-changes.ts';

/** A server as far as it matters for who may do what where. */
export interface Place {
  /** The server's id, which is that of everybody's role. */
  readonly guild: string;
  readonly roles: readonly Pick<APIRole, 'id' | 'permissions'>[];
}

/** What somebody with these roles (or, first, this member) may do in a channel. */
export function permissionsOf(
  ids: readonly string[],
  overwrites: readonly Overwrite[],
  { guild, roles }: Place,
): bigint {
  let sum = 0n;
  for (const { id, permissions } of roles) if (id === guild || ids.includes(id)) sum |= BigInt(permissions);
  if ((sum & P.Administrator) !== 0n) return Object.values(P).reduce((all, bit) => all | bit, 0n);
  const own = overwrites.filter(({ id }) => ids.includes(id));
  const layers = [
    overwrites.filter(({ id }) => id === guild),
    own.filter(({ id, type }) => type === OverwriteType.Role && id !== guild),
    own.filter(({ type }) => type === OverwriteType.Member),
  ];
  for (const layer of layers) {
    const deny = layer.reduce((all, one) => all | BigInt(one.deny), 0n);
    const allow = layer.reduce((all, one) => all | BigInt(one.allow), 0n);
    sum = (sum & ~deny) | allow;
  }
  return sum;
}
