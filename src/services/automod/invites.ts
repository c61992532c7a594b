import { type APIInvite, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { SlidingLimit } from '../../lib/sliding-limit.ts';

/** Discord shuts out for a day who asks much more. */
const LIMIT = { most: 100, perMs: 600_000 } as const;
/** One server does not use up what there is for all. */
const SERVER_LIMIT = { most: 20, perMs: 600_000 } as const;
const MOST_SERVERS = 5_000;
const KEPT_MS = 3_600_000;
/** Beyond so many the oldest are forgotten. */
const MOST = 5_000;

interface Known {
  readonly server: string | null;
  readonly until: number;
}

/** Which servers invitations lead to, asked of Discord seldom. */
export class InviteServers {
  readonly #known = new Map<string, Known>();
  readonly #limit = new SlidingLimit(LIMIT);
  /** By server that asks; those that asked last stand last. */
  readonly #limits = new Map<string, SlidingLimit>();
  readonly #context: Pick<Context, 'discord' | 'now' | 'log'>;

  constructor(context: Pick<Context, 'discord' | 'now' | 'log'>) {
    this.#context = context;
  }

  /** Null for one that leads nowhere any more, or to no server; undefined where that cannot be asked now. `guild` is the server that asks. */
  async of(code: string, guild: string, signal: AbortSignal): Promise<string | null | undefined> {
    if (this.#context.discord.guilds.cache.get(guild)?.vanityURLCode === code) return guild;
    const now = this.#context.now().getTime();
    const known = this.#known.get(code);
    if (known && known.until > now) return known.server;
    if (!this.#limitOf(guild).take() || !this.#limit.take()) return undefined;
    const server = await this.#ask(code, signal);
    if (server === undefined) return undefined;
    this.#known.delete(code);
    this.#known.set(code, { server, until: now + KEPT_MS });
    const oldest = this.#known.size > MOST ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    return server;
  }

  #limitOf(guild: string): SlidingLimit {
    const limit = this.#limits.get(guild) ?? new SlidingLimit(SERVER_LIMIT);
    this.#limits.delete(guild);
    this.#limits.set(guild, limit);
    const oldest = this.#limits.size > MOST_SERVERS ? this.#limits.keys().next().value : undefined;
    if (oldest !== undefined) this.#limits.delete(oldest);
    return limit;
  }

  async #ask(code: string, signal: AbortSignal): Promise<string | null | undefined> {
    try {
      const invite = (await this.#context.discord.rest.get(Routes.invite(code), { signal })) as APIInvite; // what Discord answers to this
      return invite.guild?.id ?? null;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownInvite) return null;
      this.#context.log.debug({ error }, 'automod could not ask where an invitation leads');
      return undefined;
    }
  }
}
