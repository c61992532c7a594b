import { type APIBan, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { bannedByName } from '../../db/cases.ts';

/** Somebody who is banned. */
export interface Banned {
  readonly id: string;
  readonly name: string;
}

/** What Discord gives in one answer; of longer lists the rest is found by our own cases. */
const PAGE = 1_000;
const KEPT_MS = 60_000;
const MOST_SERVERS = 100;
const MOST_OFFERED = 25;

interface Kept {
  readonly at: number;
  readonly page: Promise<readonly Banned[]>;
}

/** Who is banned in servers, by name, for those who are about to lift a ban. Never walks a whole list. */
export class BanNames {
  readonly #context: Pick<Context, 'discord' | 'db' | 'now' | 'log'>;
  readonly #kept = new Map<string, Kept>();

  constructor(context: Pick<Context, 'discord' | 'db' | 'now' | 'log'>) {
    this.#context = context;
  }

  /** Those whose name has this text in it, or whose id begins with it; the latest of our own cases first. */
  async find(guild: string, text: string): Promise<readonly Banned[]> {
    const typed = text.trim().toLowerCase();
    const [known, page] = await Promise.all([
      bannedByName(this.#context.db, { guild, text: typed, limit: MOST_OFFERED }),
      this.#page(guild),
    ]);
    const fits = page.filter(({ id, name }) => name.toLowerCase().includes(typed) || id.startsWith(typed));
    const found = new Map([...known, ...fits].map((one) => [one.id, one]));
    return [...found.values()].slice(0, MOST_OFFERED);
  }

  /** Somebody was banned or unbanned. */
  forget(guild: string): void {
    this.#kept.delete(guild);
  }

  #page(guild: string): Promise<readonly Banned[]> {
    const now = this.#context.now().getTime();
    const kept = this.#kept.get(guild);
    if (kept && now - kept.at < KEPT_MS) return kept.page;
    const page = this.#fetch(guild);
    this.#kept.delete(guild);
    this.#kept.set(guild, { at: now, page });
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > MOST_SERVERS) this.#kept.delete(oldest);
    return page;
  }

  async #fetch(guild: string): Promise<readonly Banned[]> {
    const { discord, log } = this.#context;
    try {
      const query = new URLSearchParams({ limit: String(PAGE) });
      const bans = (await discord.rest.get(Routes.guildBans(guild), { query })) as readonly APIBan[]; // what Discord answers to this
      return bans.map(({ user }) => ({ id: user.id, name: user.username }));
    } catch (error) {
      log.info({ guild, error }, 'the bans of a server could not be read');
      return [];
    }
  }
}
