import type { Raider } from '../../db/raids.ts';

/** No more of a server are looked at together. */
const MOST = 1_000;
/** How long somebody may belong to a raid that goes on. */
export const KEPT_MS = 10 * 60_000;

/** Who has joined a server lately, in the order in which they came, with the raids that are known among them. */
export class JoinWindow {
  readonly #joins = new Map<string, Raider>();
  /** By member. */
  readonly #raids = new Map<string, string>();
  /** Whether what was kept of an earlier process has been read. */
  known = false;

  add(one: Raider): void {
    this.#joins.delete(one.id); // whoever comes again is the last
    this.#joins.set(one.id, one);
    for (const [id, { joinedAt }] of this.#joins) {
      if (this.#joins.size <= MOST && one.joinedAt.getTime() - joinedAt.getTime() <= KEPT_MS) break;
      this.#joins.delete(id);
      this.#raids.delete(id);
    }
  }

  /** Whether so many have come in so long, up to the last of them. */
  isBusy(least: number, withinMs: number): boolean {
    let seen = 0;
    let last = Number.NEGATIVE_INFINITY;
    for (const { joinedAt } of [...this.#joins.values()].slice(-least)) {
      seen++;
      if (seen === 1) last = joinedAt.getTime() + withinMs;
      else if (joinedAt.getTime() > last) return false;
    }
    return seen >= least;
  }

  forget(members: readonly Raider[]): void {
    for (const { id } of members) {
      this.#joins.delete(id);
      this.#raids.delete(id);
    }
  }

  list(): readonly Raider[] {
    return [...this.#joins.values()];
  }

  /** The raid that one of them is known to belong to. */
  raidAmong(members: readonly Raider[]): string | undefined {
    for (const { id } of members) {
      const raid = this.#raids.get(id);
      if (raid !== undefined) return raid;
    }
    return undefined;
  }

  /** Those who were not known to belong to a raid. */
  unknownOf(members: readonly Raider[]): readonly Raider[] {
    return members.filter(({ id }) => !this.#raids.has(id));
  }

  belong(raid: string, members: readonly Raider[]): void {
    for (const { id } of members) this.#raids.set(id, raid);
  }
}
