import { AuditLogEvent } from 'discord.js';
import type { ClockOffset } from '../../lib/snowflake.ts';
import { type AuditEntry, auditKey, keysOf } from './audit-entry.ts';

/** Who did something, and why. */
export interface Actor {
  readonly id: string | null;
  readonly reason: string | undefined;
}

/** Something that has happened, of which the audit log may tell who did it. */
interface Open {
  readonly keys: readonly string[];
  readonly at: number;
  readonly tell: (actor: Actor) => void;
  readonly since: number;
}

interface Unclaimed {
  readonly entry: AuditEntry;
  readonly at: number;
  readonly since: number;
  readonly shared: boolean;
  claimed: boolean;
}

/** So far apart an event and its entry may have happened, by Discord's clock. Milliseconds. */
const APART_MS = 10_000;
/** So late an entry may come. */
const LATEST_MS = 10 * 60_000;
const MOST = 20_000;

/** Brings together what has happened and who did it: the audit log tells of it before or after the event, late, or never. */
export class Actors {
  readonly #open = new Map<string, Open[]>();
  readonly #entries = new Map<string, Unclaimed[]>();
  readonly #clock: Pick<ClockOffset, 'localTime'>;
  #counted = 0;

  constructor(clock: Pick<ClockOffset, 'localTime'>) {
    this.#clock = clock;
  }

  /** Tells who did what has happened: at once, some time later, or never. */
  await(guild: string, { keys, at, tell }: Pick<Open, 'keys' | 'at' | 'tell'>): void {
    this.#forgetOld();
    for (const key of keys) {
      const all = this.#entries.get(guild + key);
      const found = all?.find((one) => Math.abs(one.at - at) <= APART_MS);
      if (!all || !found) continue;
      found.claimed = true;
      if (!found.shared) all.splice(all.indexOf(found), 1);
      tell(actorOf(found.entry));
      return;
    }
    const open = { keys, at, tell, since: performance.now() };
    for (const key of keys) push(this.#open, guild + key, open);
  }

  /** An entry has come. What it gives back says whether any event has claimed it by then. */
  heard(guild: string, entry: AuditEntry): { readonly claimed: boolean } {
    this.#forgetOld();
    const at = this.#clock.localTime(entry.id);
    const keys = keysOf(entry);
    const shared = isShared(entry);
    const one: Unclaimed = { entry, at, since: performance.now(), shared, claimed: false };
    for (const key of keys) {
      const open = this.#open.get(guild + key)?.filter((waiting) => Math.abs(waiting.at - at) <= APART_MS) ?? [];
      // Of those who leave a voice channel nobody says which one was thrown out.
      if (open.length > 1 && isOfNobody(key)) continue;
      for (const waiting of shared ? open : open.slice(0, 1)) {
        one.claimed = true;
        this.#close(guild, waiting);
        waiting.tell(actorOf(entry));
      }
    }
    if (!one.claimed || shared || keys.length > 1) for (const key of keys) push(this.#entries, guild + key, one);
    return one;
  }

  #close(guild: string, open: Open): void {
    for (const key of open.keys) {
      const all = this.#open.get(guild + key) ?? [];
      const left = all.filter((one) => one !== open);
      if (left.length > 0) this.#open.set(guild + key, left);
      else this.#open.delete(guild + key);
    }
  }

  /** Now and then, so that nothing is looked through each time. */
  #forgetOld(): void {
    if (++this.#counted < 500) return;
    this.#counted = 0;
    const before = performance.now();
    prune(this.#open, ({ since }) => before - since < LATEST_MS);
    prune(this.#entries, ({ since }) => before - since < APART_MS + LATEST_MS / 10);
  }
}

function actorOf({ user_id: id, reason }: AuditEntry): Actor {
  return { id, reason };
}

/**
 * Discord writes one entry for several messages of somebody that are deleted one after another, and tells of a ban by two events: that
 * somebody is banned, and that they are gone.
 */
function isShared({ action_type: action }: AuditEntry): boolean {
  return action === AuditLogEvent.MessageDelete || action === AuditLogEvent.MemberBanAdd;
}

const NOBODYS = [auditKey(AuditLogEvent.MemberMove), auditKey(AuditLogEvent.MemberDisconnect)];

function isOfNobody(key: string): boolean {
  return NOBODYS.some((start) => key === start || key.startsWith(`${start}:`));
}

function push<T>(map: Map<string, T[]>, key: string, one: T): void {
  const all = map.get(key);
  if (all) all.push(one);
  else map.set(key, [one]);
}

function prune<T>(map: Map<string, T[]>, keeps: (one: T) => boolean): void {
  let left = 0;
  for (const [key, all] of map) {
    const kept = all.filter(keeps);
    if (kept.length === 0) map.delete(key);
    else map.set(key, kept);
    left += kept.length;
  }
  for (const [key, all] of map) {
    if (left <= MOST) return;
    map.delete(key);
    left -= all.length;
  }
}
