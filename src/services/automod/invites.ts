import { type APIInvite, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { SlidingLimit } from '../../lib/sliding-limit.ts';

/** Discord shuts out for a day who asks much more. */
const LIMIT = { most: 100, perMs: 600_000 } as const;
const KEPT_MS = 3_600_000;
/** Beyond so many the oldest are forgotten. */
const MOST = 5_000;

interface Known {
  readonly server: string | undefined;
  readonly until: number;
}

/** Which servers invitations lead to, asked of Discord seldom. */
export class InviteServers {
  readonly #known = new Map<string, Known>();
  readonly #limit = new SlidingLimit(LIMIT);
  readonly #context: Pick<Context, 'discord' | 'now' | 'log'>;

  constructor(context: Pick<Context, 'discord' | 'now' | 'log'>) {
    this.#context = context;
  }

  /** Undefined for one that leads nowhere any more, to no server, or that cannot be asked about now. */
  async of(code: string, signal: AbortSignal): Promise<string | undefined> {
    const now = this.#context.now().getTime();
    const known = this.#known.get(code);
    if (known && known.until > now) return known.server;
    if (!this.#limit.take()) return undefined;
    const server = await this.#ask(code, signal);
    if (server === 'unknown') return undefined;
    this.#known.delete(code);
    this.#known.set(code, { server: server ?? undefined, until: now + KEPT_MS });
    const oldest = this.#known.size > MOST ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    return server ?? undefined;
  }

  /** Null where there is no such invitation, or to no server. */
  async #ask(code: string, signal: AbortSignal): Promise<string | null | 'unknown'> {
    try {
      const invite = (await this.#context.discord.rest.get(Routes.invite(code), { signal })) as APIInvite; // what Discord answers to this
      return invite.guild?.id ?? null;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownInvite) return null;
      this.#context.log.debug({ error }, 'automod could not ask where an invitation leads');
      return 'unknown';
    }
  }
}
