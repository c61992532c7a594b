import type { Guild } from 'discord.js';

/** So many people Discord tells of in one answer of the gateway. */
const MOST_AT_ONCE = 100;
/** For one answer; then whoever asked is told that there was none. */
const DEADLINE_MS = 10_000;

/** Who is asked about next, and the answer to come: those of them who are members. */
interface Batch {
  readonly ids: Set<string>;
  readonly answer: Promise<ReadonlySet<string>>;
}

/**
 * Says who is still in a server. Discord answers a REST request for one member five times a second and server, so those
 * who are asked about while a look-up is under way are looked up together after it, by the gateway.
 */
export class MemberLookup {
  readonly #last = new WeakMap<Guild, Promise<unknown>>();
  readonly #next = new WeakMap<Guild, Batch>();

  /** Whether the person is a member. Rejects when Discord does not say within ten seconds, or refuses to. */
  async isIn(guild: Guild, user: string): Promise<boolean> {
    if (guild.members.cache.has(user)) return true;
    const answer = this.#batchFor(guild, user);
    return (await answer).has(user);
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
        return membersAmong(guild, [...ids]);
      });
    this.#next.set(guild, { ids, answer });
    this.#last.set(guild, answer);
    return answer;
  }
}

async function membersAmong(guild: Guild, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const unknown = ids.filter((id) => !guild.members.cache.has(id));
  const found = unknown.length > 0 ? await guild.members.fetch({ user: unknown, time: DEADLINE_MS }) : undefined;
  return new Set(ids.filter((id) => found?.has(id) || guild.members.cache.has(id)));
}
