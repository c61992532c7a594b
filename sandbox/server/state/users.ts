import { createHash } from 'node:crypto';
import type { Id } from '../snowflake.ts';

/** A person or bot, as Discord's REST and gateway show it. */
export interface User {
  readonly id: Id;
  readonly username: string;
  readonly discriminator: string;
  readonly global_name: string | null;
  readonly avatar: string | null;
  readonly banner: string | null;
  readonly accent_color: number | null;
  readonly avatar_decoration_data: null;
  readonly collectibles: null;
  readonly primary_guild: null;
  readonly public_flags: number;
  readonly flags: number;
  readonly bot?: boolean;
}

export interface NewUser {
  readonly id: Id;
  readonly username: string;
  readonly displayName?: string;
  readonly bot?: boolean;
}

/** Everyone has an avatar whose name follows from the id, so that pictures are the same in every run. */
export function makeUser({ id, username, displayName, bot }: NewUser): User {
  return {
    id,
    username,
    discriminator: bot ? '0001' : '0',
    global_name: displayName ?? null,
    avatar: hashOf(`avatar ${id}`),
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0,
    flags: 0,
    ...(bot && { bot }),
  };
}

export function hashOf(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
