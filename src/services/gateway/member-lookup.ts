import { DiscordAPIError, GatewayIntentBits, type Guild, type GuildMember } from 'discord.js';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { BusyError } from '../../lib/errors.ts';
import { SlidingLimit } from '../../lib/sliding-limit.ts';

/** So many people Discord tells of in one answer of the gateway. */
const MOST_AT_ONCE = 100;
/**
 * Discord ends the session of who sends more than 120 things a minute over it. discord.js then sends nothing at all for the rest of
 * the minute; the difference is for heartbeats and for what stands under the bot's name.
 */
const MOST_A_MINUTE = { most: 90, perMs: 60_000 };
/** For one answer; then whoever asked is told that there was none. */
const DEADLINE_MS = 10_000;

/** Who is asked about next, and the answer to come: those of them who are members. */
interface Batch {
  readonly ids: Set<string>;
  readonly answer: Promise<ReadonlySet<string>>;
}

/**
 * Says who is still in a server. Discord answers a REST request for one member five times a second and server, so those
 * who are asked about while a look-up is under way are looked up together after it, by the gateway. When more servers are asked
 * about than the gateway takes, the others are asked about by REST all the same: there each server has its own limit.
 */
export class MemberLookup {
  readonly #last = new WeakMap<Guild, Promise<unknown>>();
  readonly #next = new WeakMap<Guild, Batch>();
  /** By shard: each has a session of its own. */
  readonly #limits = new Map<number, SlidingLimit>();
  readonly #clock: () => number;

  /** `clock`, in milliseconds, stands in for real time in tests. */
  constructor({ clock = () => performance.now() }: { readonly clock?: () => number } = {}) {
    this.#clock = clock;
  }

  /** Whether the person is a member. Rejects when Discord does not say within ten seconds, or refuses to. */
  async isIn(guild: Guild, user: string): Promise<boolean> {
    if (remembers(guild, user)) return true;
    const answer = this.#batchFor(guild, user);
    return (await answer).has(user);
  }

  /**
   * Those of at most a hundred people who are members, as they are there. Rejects as above, and with BusyError while the
   * gateway takes no more questions: nobody is to be asked about one by one for this.
   */
  async membersAmong(guild: Guild, users: readonly string[]): Promise<readonly GuildMember[]> {
    const { cache } = guild.members;
    const unknown = users.filter((id) => !remembers(guild, id));
    if (unknown.length > 0 && !this.#limitOf(guild.shardId).take())
      throw new BusyError('too many members are looked up');
    const found = unknown.length > 0 ? await guild.members.fetch({ user: unknown, time: DEADLINE_MS }) : undefined;
    return users.flatMap((id) => found?.get(id) ?? (remembers(guild, id) ? cache.get(id) : undefined) ?? []);
  }

  #batchFor(guild: Guild, user: string): Batch['answer'] {
    const open = this.#next.get(guild);
    if (open && (open.ids.has(user) || open.ids.size < MOST_AT_ONCE)) {
      open.ids.add(user);
      return open.answer;
    }
    const ids = new Set([user]);
    const before = this.#last.get(guild) ?? Promise.resolve();
    const answer = before
      .catch(() => {}) // whoever waited for that one has heard of it
      .then(() => {
        if (this.#next.get(guild)?.ids === ids) this.#next.delete(guild);
        return this.#membersAmong(guild, [...ids]);
      });
    this.#next.set(guild, { ids, answer });
    this.#last.set(guild, answer);
    return answer;
  }

  async #membersAmong(guild: Guild, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const unknown = ids.filter((id) => !remembers(guild, id));
    const found = unknown.length > 0 ? await this.#ask(guild, unknown) : undefined;
    return new Set(ids.filter((id) => found?.has(id) || remembers(guild, id)));
  }

  async #ask(guild: Guild, ids: readonly string[]): Promise<{ has(id: string): boolean }> {
    if (this.#limitOf(guild.shardId).take()) return await guild.members.fetch({ user: [...ids], time: DEADLINE_MS });
    const found = await Promise.all(ids.map((id) => isMember(guild, id)));
    return new Set(ids.filter((_, at) => found[at]));
  }

  #limitOf(shard: number): SlidingLimit {
    const limit = this.#limits.get(shard) ?? new SlidingLimit({ ...MOST_A_MINUTE, clock: this.#clock });
    this.#limits.set(shard, limit);
    return limit;
  }
}

/** Without the intent Discord does not say who leaves or changes, so what is known of members grows old. */
function remembers(guild: Guild, user: string): boolean {
  return guild.client.options.intents.has(GatewayIntentBits.GuildMembers) && guild.members.cache.has(user);
}

async function isMember(guild: Guild, id: string): Promise<boolean> {
  try {
    await guild.members.fetch({ user: id, force: true });
    return true;
  } catch (error) {
    const { UnknownMember, UnknownUser } = RESTJSONErrorCodes;
    if (error instanceof DiscordAPIError && [UnknownMember, UnknownUser].includes(Number(error.code))) return false;
    throw error;
  }
}
