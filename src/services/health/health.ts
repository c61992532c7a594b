import type { Database } from '../../db/connect.ts';
import type { Logger } from '../../lib/log.ts';
import type { DelayWindow } from '../../lib/loop-monitor.ts';
import type { Metrics } from '../../lib/metrics.ts';
import type { Workers } from '../../workers/offload.ts';
import { type Said, t } from '../answers/words.ts';
import type { Gateway } from '../gateway/gateway.ts';

/** Over this, members notice. Milliseconds. */
const LOOP_P99_LIMIT_MS = 100;
const PING_LIMIT_MS = 5_000;
/** Heartbeats alone come more often than this; a session that says nothing for longer is dead. */
const QUIET_LIMIT_MS = 120_000;

export const PARTS = ['loop', 'gateway', 'database', 'pool'] as const;
export type PartName = (typeof PARTS)[number];

export interface PartState {
  readonly ok: boolean;
  readonly seen: Said;
}

/** Whether each part of the bot does its work, and what was seen. */
export interface HealthState {
  readonly parts: Readonly<Record<PartName, PartState>>;
  readonly ok: boolean;
  /** The parts whose state is not what the last check found. */
  readonly changed: readonly PartName[];
}

interface Watched {
  readonly loop: DelayWindow;
  readonly gateway: Pick<Gateway, 'ready' | 'pingMs' | 'quietMs'>;
  readonly database: Pick<Database, 'ping'>;
  readonly workers: Pick<Workers, 'offload'>;
  readonly metrics: Pick<Metrics, 'databasePing'>;
  readonly log: Pick<Logger, 'warn'>;
}

/** Looks at every part at the same time and remembers what it saw, so that a change can be told. */
export class Health {
  readonly #watched: Watched;
  #last: Readonly<Record<PartName, boolean>> = { loop: true, gateway: true, database: true, pool: true };

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  async check(signal?: AbortSignal): Promise<HealthState> {
    const [database, pool] = await Promise.all([this.#database(signal), this.#pool(signal)]);
    const parts = { loop: this.#loop(), gateway: this.#gateway(), database, pool };
    const changed = PARTS.filter((part) => parts[part].ok !== this.#last[part]);
    this.#last = { loop: parts.loop.ok, gateway: parts.gateway.ok, database: database.ok, pool: pool.ok };
    return { parts, ok: PARTS.every((part) => parts[part].ok), changed };
  }

  #loop(): PartState {
    const { p99, max } = this.#watched.loop.stats();
    this.#watched.loop.reset();
    return { ok: p99 < LOOP_P99_LIMIT_MS, seen: t('health.seen.loop', { p99: p99.toFixed(1), max: max.toFixed(0) }) };
  }

  #gateway(): PartState {
    const { ready, pingMs, quietMs } = this.#watched.gateway;
    if (!ready) return { ok: false, seen: t('health.seen.noSession') };
    if (quietMs > QUIET_LIMIT_MS)
      return { ok: false, seen: t('health.seen.quiet', { seconds: Math.round(quietMs / 1_000) }) };
    return {
      ok: true,
      seen: pingMs === undefined ? t('health.seen.open') : t('health.seen.heartbeat', { ms: Math.round(pingMs) }),
    };
  }

  #database(signal: AbortSignal | undefined) {
    return seen(async () => {
      const ms = await this.#watched.database.ping({ signal, deadlineMs: PING_LIMIT_MS });
      this.#watched.metrics.databasePing.observe({}, ms / 1_000);
      return ms;
    }, this.#watched.log);
  }

  #pool(signal: AbortSignal | undefined) {
    return seen(async () => {
      const began = performance.now();
      await this.#watched.workers.offload('echo', 'health', { signal, deadlineMs: PING_LIMIT_MS });
      return performance.now() - began;
    }, this.#watched.log);
  }
}

async function seen(measure: () => Promise<number>, log: Pick<Logger, 'warn'>): Promise<PartState> {
  try {
    return { ok: true, seen: t('health.seen.roundTrip', { ms: (await measure()).toFixed(1) }) };
  } catch (error) {
    log.warn({ error }, 'a part of the bot does not answer');
    return { ok: false, seen: t('health.seen.failed') };
  }
}
