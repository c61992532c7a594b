import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { Channel } from '../server/state/channels.ts';
import type { Command } from '../server/state/commands.ts';
import type { ModalShown, ReplyKind } from '../server/state/interactions.ts';
import type { MemberView } from '../server/state/members.ts';
import type { Role } from '../server/state/roles.ts';
import type { User } from '../server/state/users.ts';

export type MemberSeen = MemberView & { readonly user: User };

export interface Presence {
  readonly user: { readonly id: string };
  readonly status: string;
}

/** A file that is offered to try the bot with. */
export interface Sample {
  readonly name: string;
  readonly url: string;
  readonly size: number;
  readonly type: string;
}

export interface GuildSeen {
  readonly id: string;
  readonly name: string;
  readonly icon: string | null;
  readonly owner_id: string;
  readonly roles: readonly Role[];
  readonly members: readonly MemberSeen[];
  readonly presences: readonly Presence[];
  readonly emojis: readonly { readonly id: string; readonly name: string; readonly animated: boolean }[];
}

/** Everything one person may see, at one moment. */
export interface Snapshot {
  readonly me: User;
  readonly bot: User;
  readonly guilds: readonly GuildSeen[];
  readonly channels: readonly Channel[];
  readonly commands: readonly Command[];
  readonly samples: readonly Sample[];
  readonly people: readonly User[];
}

/** The bot's first answer to an interaction, and how long it took in milliseconds. */
export interface Ack {
  readonly id: string;
  readonly kind: ReplyKind;
  readonly name: string;
  readonly ms: number;
}

/** The part of the bot's own status that the page shows. Durations in milliseconds. */
export interface BotStatus {
  readonly at: string;
  readonly ready: boolean;
  readonly uptimeMs: number;
  readonly loop: { readonly p50: number; readonly p99: number; readonly max: number; readonly stalls: number };
  readonly ack: { readonly p50: number; readonly p99: number };
  readonly lanes: Readonly<Record<'quick' | 'bulk', LaneStatus>>;
  readonly memory: { readonly resident: number; readonly heap: number };
  readonly messages?: { readonly counted: number; readonly waiting: number };
  readonly versions?: { readonly rockhopper: string; readonly runtime: string };
}

export interface LaneStatus {
  readonly threads: number;
  readonly busy: number;
  readonly queued: number;
  readonly done: number;
  readonly failed: number;
  readonly restarts: number;
}

/** What came of a command, a button, a select or a modal. */
export interface Outcome {
  readonly kind: ReplyKind;
  readonly ackMs: number;
  readonly modal?: ModalShown;
}

export type Choice = Pick<APIApplicationCommandOptionChoice, 'name' | 'value'>;
