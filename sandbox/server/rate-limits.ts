import type { Route } from './http/define-route.ts';
import { isSnowflake, timeOf } from './snowflake.ts';
import { hashOf } from './state/users.ts';

/** At most `limit` requests in `windowMs` for each bucket. */
export interface Limit {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimitOptions {
  /** All requests together. Discord: 50 a second. Interaction callbacks and their webhooks do not count. */
  readonly global?: Limit;
  /** By `METHOD path` of the description. */
  readonly routes?: Readonly<Record<string, Limit>>;
  /** For routes not named. */
  readonly other?: Limit;
}

/** Messages that cannot be deleted in bulk any more are slower to delete one by one, too. */
const DELETE_MESSAGE = 'DELETE /channels/{channel_id}/messages/{message_id}';
const OLD_MESSAGE = `${DELETE_MESSAGE} older than 14 days`;
const FORTNIGHT = 14 * 24 * 3_600_000;
/** Routes that share a bucket, by the one whose rule holds for both. */
const SHARED: Readonly<Record<string, string>> = {
  'DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}':
    'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}',
};

/** As observed at Discord; it does not publish them and changes them. */
const DISCORD: Required<RateLimitOptions> = {
  global: { limit: 50, windowMs: 1_000 },
  other: { limit: 10, windowMs: 2_000 },
  routes: {
    'POST /channels/{channel_id}/messages': { limit: 5, windowMs: 5_000 },
    'PATCH /channels/{channel_id}/messages/{message_id}': { limit: 5, windowMs: 5_000 },
    [DELETE_MESSAGE]: { limit: 5, windowMs: 1_000 },
    [OLD_MESSAGE]: { limit: 30, windowMs: 120_000 },
    'POST /channels/{channel_id}/messages/bulk-delete': { limit: 1, windowMs: 1_000 },
    'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me': { limit: 1, windowMs: 250 },
    'POST /webhooks/{webhook_id}/{webhook_token}': { limit: 5, windowMs: 2_000 },
    'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original': { limit: 5, windowMs: 2_000 },
    'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': { limit: 5, windowMs: 2_000 },
    'PATCH /guilds/{guild_id}/members/{user_id}': { limit: 10, windowMs: 10_000 },
    'DELETE /guilds/{guild_id}/members/{user_id}': { limit: 5, windowMs: 1_000 },
    'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}': { limit: 10, windowMs: 10_000 },
    'PUT /guilds/{guild_id}/bans/{user_id}': { limit: 5, windowMs: 1_000 },
    'DELETE /guilds/{guild_id}/bans/{user_id}': { limit: 5, windowMs: 1_000 },
    'POST /guilds/{guild_id}/roles': { limit: 250, windowMs: 172_800_000 },
    'POST /guilds/{guild_id}/bulk-ban': { limit: 2, windowMs: 5_000 },
    'PUT /applications/{application_id}/commands': { limit: 5, windowMs: 20_000 },
  },
};

const MAJOR = /\{(?:channel_id|guild_id|webhook_id|webhook_token)\}/;
const EXEMPT = '/interactions/{interaction_id}/{interaction_token}/callback';
const LIMITLESS: Limit = { limit: 100_000, windowMs: 1_000 };

interface Window {
  left: number;
  resetsAt: number;
}

export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly limited?: { readonly retryAfterMs: number; readonly global: boolean };
}

/** Buckets like Discord's: one per route and major parameter, and one for everything. Times by `performance.now()`. */
export class RateLimits {
  readonly #rules: Required<RateLimitOptions> | undefined;
  readonly #windows = new Map<string, Window>();
  #all: Window = { left: 0, resetsAt: 0 };

  constructor(rules: 'discord' | 'off' | RateLimitOptions) {
    if (rules === 'off') return;
    const own = rules === 'discord' ? {} : rules;
    this.#rules = {
      global: own.global ?? DISCORD.global,
      other: own.other ?? DISCORD.other,
      routes: { ...DISCORD.routes, ...own.routes },
    };
  }

  /** `at` is the time by the sandbox's clock: what is old, goes by it. */
  check(route: Route, params: Readonly<Record<string, string>>, at = Date.now()): Verdict {
    const rules = this.#rules;
    if (!rules || route.path === EXEMPT) return { headers: {} };
    const now = performance.now();
    if (!route.open) {
      const all = this.#take(this.#all, rules.global, now);
      this.#all = all.window;
      if (all.retryAfterMs > 0) return limited(all.retryAfterMs, true, {});
    }
    const name = bucketOf(route, params.message_id, at);
    const rule = rules.routes[name] ?? (route.open ? LIMITLESS : rules.other);
    const major = Object.entries(params).filter(([key]) => MAJOR.test(`{${key}}`));
    const key = `${name} ${major.map(([, value]) => value).join(' ')}`;
    const { window, retryAfterMs } = this.#take(this.#windows.get(key), rule, now);
    this.#windows.set(key, window);
    if (this.#windows.size > 10_000) this.#forget(now);
    const headers = headersOf(name, rule, window, now);
    return retryAfterMs > 0 ? limited(retryAfterMs, false, headers) : { headers };
  }

  #take(window: Window | undefined, rule: Limit, now: number): { window: Window; retryAfterMs: number } {
    const open = window && window.resetsAt > now ? window : { left: rule.limit, resetsAt: now + rule.windowMs };
    if (open.left > 0) {
      open.left--;
      return { window: open, retryAfterMs: 0 };
    }
    return { window: open, retryAfterMs: open.resetsAt - now };
  }

  #forget(now: number): void {
    for (const [key, window] of this.#windows) if (window.resetsAt < now) this.#windows.delete(key);
  }
}

function bucketOf({ method, path }: Route, message: string | undefined, at: number): string {
  const name = `${method} ${path}`;
  if (name === DELETE_MESSAGE) return isSnowflake(message) && at - timeOf(message) > FORTNIGHT ? OLD_MESSAGE : name;
  return SHARED[name] ?? name;
}

function headersOf(name: string, rule: Limit, window: Window, now: number): Record<string, string> {
  const after = (window.resetsAt - now) / 1_000;
  return {
    'x-ratelimit-limit': String(rule.limit),
    'x-ratelimit-remaining': String(window.left),
    'x-ratelimit-reset': (Date.now() / 1_000 + after).toFixed(3),
    'x-ratelimit-reset-after': after.toFixed(3),
    'x-ratelimit-bucket': hashOf(name),
  };
}

/** The headers Discord adds to a 429. */
export function limited(retryAfterMs: number, global: boolean, headers: Record<string, string>): Verdict {
  return {
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(retryAfterMs / 1_000)),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global && { 'x-ratelimit-global': 'true' }),
    },
    limited: { retryAfterMs, global },
  };
}
