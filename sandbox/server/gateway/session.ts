import type { WebSocket } from 'ws';
import type { Id } from '../snowflake.ts';

/** What is kept for a session that comes back; what is older is lost, and the session with it. */
const REPLAYED = 10_000;

export interface SessionOptions {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  readonly largeThreshold: number;
}

/** One identified bot connection. It outlives its socket for a while, so that the bot can resume and miss nothing. */
export class Session {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  readonly largeThreshold: number;
  socket: WebSocket | undefined;
  seq = 0;
  /** `performance.now()` of the moment its socket went; undefined while connected. */
  awaySince: number | undefined;
  #kept: { readonly seq: number; readonly text: string }[] = [];

  constructor(o: SessionOptions) {
    this.id = o.id;
    this.shard = o.shard;
    this.intents = o.intents;
    this.largeThreshold = o.largeThreshold;
  }

  /** Servers are spread over shards by their id; direct messages are shard 0's. */
  hears(guild: Id | undefined): boolean {
    const [id, count] = this.shard;
    if (guild === undefined) return id === 0;
    return count === 1 || Number((BigInt(guild) >> 22n) % BigInt(count)) === id;
  }

  /** `json` is the event's data, serialised once for all sessions. */
  dispatch(t: string, json: string): void {
    const text = `{"t":"${t}","s":${++this.seq},"op":0,"d":${json}}`;
    this.#kept.push({ seq: this.seq, text });
    if (this.#kept.length >= REPLAYED * 2) this.#kept = this.#kept.slice(-REPLAYED);
    if (this.socket?.readyState === 1) this.socket.send(text);
  }

  /** Sends again what came after `seq`; false when that is not kept any more. */
  replay(seq: number): boolean {
    if (seq > this.seq) return false;
    const first = this.#kept[0]?.seq ?? this.seq + 1;
    if (seq < first - 1) return false;
    for (const kept of this.#kept.slice(seq - first + 1)) this.socket?.send(kept.text);
    return true;
  }
}
