import type { GatewayOptions } from './gateway/gateway.ts';
import type { PrivilegedIntents } from './gateway/intents.ts';
import type { RateLimitOptions } from './rate-limits.ts';

/** What the sandbox needs of a logger; pino's fits. */
export interface SandboxLog {
  debug(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Serves the page's files; undefined for paths it does not have. */
export type PageHandler = (
  url: URL,
) => Promise<{ readonly type: string; readonly body: string | Uint8Array } | undefined>;

export interface SandboxOptions {
  /** Loopback only, unless `allowRemote`. Default 127.0.0.1. */
  readonly host?: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly allowRemote?: boolean;
  /** Default `small`. */
  readonly seed?: 'small' | 'demo';
  /** Default 41,250, as Discord's. */
  readonly heartbeatIntervalMs?: number;
  /** Default `discord`: the real buckets. */
  readonly rateLimits?: 'discord' | 'off' | RateLimitOptions;
  /** Privileged intents switched on in the "developer portal". Default: all. */
  readonly intents?: Partial<PrivilegedIntents>;
  /** What `GET /gateway/bot` recommends. Default 1. */
  readonly shards?: number;
  /** Default 16 and, unlike at Discord, no waiting between identifies (`identifyWindowMs` 0; Discord's is 5,000). */
  readonly maxConcurrency?: number;
  readonly identifyWindowMs?: number;
  /** How long a session can be resumed after its socket is gone. Default 120,000. */
  readonly resumeWindowMs?: number;
  /** The page: what is served at paths that nothing else has. */
  readonly page?: PageHandler;
  /** How many messages a channel keeps. Default 10,000. */
  readonly keepMessages?: number;
  readonly log?: SandboxLog;
  /** The clock that ids and timestamps are made from. Default `Date.now`. */
  readonly now?: () => number;
}

/** The gateway's part of the options, with the defaults. */
export function gatewayOptions(o: SandboxOptions): GatewayOptions {
  return {
    heartbeatIntervalMs: o.heartbeatIntervalMs ?? 41_250,
    maxConcurrency: o.maxConcurrency ?? 16,
    identifyWindowMs: o.identifyWindowMs ?? 0,
    shards: o.shards ?? 1,
    resumeWindowMs: o.resumeWindowMs ?? 120_000,
  };
}
