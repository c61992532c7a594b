import { SandboxError } from '../api-error.ts';
import type { Faults } from '../faults.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Router } from '../http/router.ts';
import type { Journal } from '../journal.ts';
import { openDm } from '../routes/users.ts';
import type { Seeded } from '../seeds/small.ts';
import { type Id, isSnowflake } from '../snowflake.ts';
import type { Channel } from '../state/channels.ts';
import type { Guild } from '../state/guilds.ts';
import type { State } from '../state/state.ts';

/** What the sandbox's verbs act on. */
export interface World {
  readonly state: State;
  readonly gateway: Gateway;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly router: Router;
  readonly seeded: Seeded;
}

/** Whose doing something is, and where. Names as in `people` and `channels`, or ids; `channel: 'dm'` is their talk with the bot. */
export interface By {
  /** Default: `member`. */
  readonly as?: string;
  /** Default: `general`. */
  readonly channel?: string;
}

export function personId({ state, seeded }: World, name = 'member'): Id {
  const id = seeded.people[name] ?? (isSnowflake(name) ? name : undefined);
  if (id !== undefined && state.users.has(id)) return id;
  const known = [...state.users.values()].find(({ username }) => username === name);
  if (known) return known.id;
  throw new SandboxError(
    `there is no person "${name}"; there are ${Object.keys(seeded.people).slice(0, 20).join(', ')}`,
  );
}

export function channelOf(world: World, name: string | undefined, person: Id): Channel {
  const { state, seeded } = world;
  if (name === 'dm') return openDm(state, person, state.bot.id);
  const id = seeded.channels[name ?? 'general'] ?? (isSnowflake(name) ? name : undefined);
  const channel = id === undefined ? findChannel(state, seeded.guild, name) : state.channels.get(id);
  if (channel) return channel;
  throw new SandboxError(`there is no channel "${name}"; there are ${Object.keys(seeded.channels).join(', ')}`);
}

function findChannel(state: State, guild: Guild, name: string | undefined): Channel | undefined {
  return state.channelsOf(guild).find((channel) => channel.name === name);
}

export function roleId({ seeded }: World, name: string): Id {
  const id = seeded.roles[name] ?? (isSnowflake(name) ? name : undefined);
  const found = id ?? [...seeded.guild.roles.values()].find((role) => role.name === name)?.id;
  if (found !== undefined) return found;
  throw new SandboxError(`there is no role "${name}"; there are ${Object.keys(seeded.roles).join(', ')}`);
}
