import type { Client } from 'discord.js';
import { placeOf } from '../automod/payload.ts';
import type { AreaValue } from '../settings/areas.ts';
import type { About } from './entry.ts';
import type { Group } from './kind.ts';
import { KIND_NAMES, KINDS, type KindName } from './kinds.ts';

/** Stands for all kinds that no channel is said of. */
export const ALL = 'all';

/** What a server wants to be told of, where, and what it leaves out. */
export class Plan {
  readonly value: AreaValue<'events'>;
  readonly keepsMessages: boolean;
  readonly watchesMembers: boolean;
  readonly #channels = new Map<KindName, string>();

  constructor(value: AreaValue<'events'>) {
    this.value = value;
    for (const kind of KIND_NAMES) {
      const channel = channelFor(kind, value);
      if (channel !== undefined) this.#channels.set(kind, channel);
    }
    this.keepsMessages = this.#wantsAny('messages');
    this.watchesMembers = this.#wantsAny('members');
  }

  /** Whether it wants to be told of nothing at all. */
  get empty(): boolean {
    return this.#channels.size === 0;
  }

  channelOf(kind: KindName): string | undefined {
    return this.#channels.get(kind);
  }

  /** Whether it leaves out what this is about. */
  excludes({ user, bot, roles, channel }: About, client: Client): boolean {
    const { bots, exemptPeople, exemptRoles, exemptChannels } = this.value;
    if (bot && !bots) return true;
    if (user !== undefined && exemptPeople.includes(user)) return true;
    if (exemptRoles.length > 0 && roles?.some((role) => exemptRoles.includes(role))) return true;
    if (channel === undefined || exemptChannels.length === 0) return false;
    return Object.values(placeOf(channel, client)).some((id) => exemptChannels.includes(id));
  }

  #wantsAny(group: Group): boolean {
    return [...this.#channels.keys()].some((kind) => KINDS[kind].group === group);
  }
}

/** The channel of the kind itself, else of its group, else of all; unless it or its group is switched off. */
function channelFor(kind: KindName, { channels, off }: AreaValue<'events'>): string | undefined {
  const { group } = KINDS[kind];
  if (off.includes(kind)) return undefined;
  if (channels[kind] !== undefined) return channels[kind];
  return off.includes(group) ? undefined : (channels[group] ?? channels[ALL]);
}
