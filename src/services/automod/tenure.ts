import { type Guild, PermissionFlagsBits } from 'discord.js';
import type { Payload } from './payload.ts';
import type { Tenure } from './shed-queue.ts';

const DAY_MS = 86_400_000;
const NEWCOMER_DAYS = 7;
const LONG_STANDING_DAYS = 90;
/** How old the two days may be that all are compared with. Milliseconds. */
const STALE_MS = 60_000;

const MODERATES =
  PermissionFlagsBits.Administrator |
  PermissionFlagsBits.ManageGuild |
  PermissionFlagsBits.ManageMessages |
  PermissionFlagsBits.ModerateMembers |
  PermissionFlagsBits.KickMembers |
  PermissionFlagsBits.BanMembers;

/** Says how long somebody has been there, without making a date for every message. */
export class Tenures {
  readonly #now: () => Date;
  #at = Number.NEGATIVE_INFINITY;
  /** As Discord writes days, which is in the order of time. */
  #newcomerSince = '';
  #longStandingBefore = '';

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** `guild` is the one it was written in, where that is known. */
  of({ member }: Payload, guild: Guild | undefined): Tenure {
    if (!member) return 'newcomer';
    if (guild && member.roles.some((id) => moderates(guild, id))) return 'trusted';
    this.#refresh();
    const joined = member.joined_at;
    if (!joined || joined > this.#newcomerSince) return 'newcomer';
    return joined < this.#longStandingBefore ? 'long-standing' : 'ordinary';
  }

  #refresh(): void {
    const now = this.#now().getTime();
    if (Math.abs(now - this.#at) < STALE_MS) return;
    this.#at = now;
    this.#newcomerSince = new Date(now - NEWCOMER_DAYS * DAY_MS).toISOString();
    this.#longStandingBefore = new Date(now - LONG_STANDING_DAYS * DAY_MS).toISOString();
  }
}

function moderates(guild: Guild, role: string): boolean {
  const held = guild.roles.cache.get(role)?.permissions.bitfield;
  return held !== undefined && (held & MODERATES) !== 0n;
}
