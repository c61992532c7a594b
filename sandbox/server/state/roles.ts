import type { Id } from '../snowflake.ts';

export interface Role {
  readonly id: Id;
  readonly name: string;
  readonly permissions: string;
  readonly position: number;
  readonly color: number;
  readonly colors: {
    readonly primary_color: number;
    readonly secondary_color: number | null;
    readonly tertiary_color: number | null;
  };
  readonly hoist: boolean;
  readonly managed: boolean;
  readonly mentionable: boolean;
  readonly icon: string | null;
  readonly unicode_emoji: string | null;
  readonly flags: number;
  readonly description: string | null;
  readonly tags?: { readonly bot_id: Id };
}

export interface NewRole {
  readonly id: Id;
  readonly name: string;
  readonly permissions: bigint;
  readonly position: number;
  readonly color?: number;
  readonly hoist?: boolean;
  readonly mentionable?: boolean;
  readonly botId?: Id;
}

export function makeRole(o: NewRole): Role {
  const color = o.color ?? 0;
  return {
    id: o.id,
    name: o.name,
    permissions: String(o.permissions),
    position: o.position,
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: o.hoist ?? false,
    managed: o.botId !== undefined,
    mentionable: o.mentionable ?? false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    description: null,
    ...(o.botId !== undefined && { tags: { bot_id: o.botId } }),
  };
}
