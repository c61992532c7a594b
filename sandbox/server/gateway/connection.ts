import type { WebSocket } from 'ws';
import { isRecord } from '../http/form.ts';
import type { Gateway } from './gateway.ts';
import { KNOWN_INTENTS, PRIVILEGED } from './intents.ts';
import { updatePresence, updateVoice } from './own-state.ts';
import { requestMembers } from './request-members.ts';
import type { Session } from './session.ts';

const COMMANDS_A_MINUTE = 120;
const REQUEST_SOUNDS = 31;
/** Close codes with which a client says that it will not be back. */
const GOODBYE: readonly number[] = [1000, 1001];

/** Wrong use of the gateway, and the close code it earns. */
export class Refused extends Error {
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** One socket of a bot: HELLO, heartbeats, IDENTIFY or RESUME, then commands. Wrong use is answered with Discord's close codes. */
export class Connection {
  readonly socket: WebSocket;
  readonly #gateway: Gateway;
  #session: Session | undefined;
  #lastBeat = performance.now();
  #sent: { since: number; count: number } = { since: performance.now(), count: 0 };
  readonly #watch: NodeJS.Timeout;

  constructor(gateway: Gateway, socket: WebSocket, query: URLSearchParams) {
    this.#gateway = gateway;
    this.socket = socket;
    const interval = gateway.options.heartbeatIntervalMs;
    this.#watch = setInterval(() => this.#checkBeat(interval), interval);
    socket.on('message', (data) => this.#guard(String(data)));
    socket.on('close', (code) => this.#closed(code));
    socket.on('error', () => socket.terminate());
    const version = query.get('v') ?? '10';
    if (version !== '10' && version !== '9') this.#close(4012, 'Invalid API version.');
    else this.#send({ op: 10, d: { heartbeat_interval: interval, _trace: ['sandbox'] } });
  }

  end(): void {
    this.#forget();
    this.socket.terminate();
  }

  #send(payload: object): void {
    if (this.socket.readyState === 1) this.socket.send(JSON.stringify({ t: null, s: null, ...payload }));
  }

  #close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  #checkBeat(interval: number): void {
    if (this.#gateway.acking && performance.now() - this.#lastBeat > interval * 3)
      this.#close(4009, 'Session timed out.');
  }

  #forget(): void {
    clearInterval(this.#watch);
    this.#gateway.connections.delete(this);
  }

  #closed(code: number): void {
    this.#forget();
    const session = this.#session;
    if (!session || session.socket !== this.socket) return;
    session.socket = undefined;
    session.awaySince = performance.now();
    if (GOODBYE.includes(code)) this.#gateway.sessions.delete(session.id);
    this.#gateway.journal.add({ kind: 'session', what: 'closed', shard: session.shard[0], detail: code });
  }

  #guard(text: string): void {
    try {
      this.#receive(text);
    } catch (error) {
      if (error instanceof Refused) this.#close(error.code, error.message);
      else this.#gateway.crashed(error);
    }
  }

  #receive(text: string): void {
    if (text.length > 4_096 * 4) throw new Refused(4002, 'Error while decoding payload.');
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      throw new Refused(4002, 'Error while decoding payload.');
    }
    if (!isRecord(frame) || typeof frame.op !== 'number') throw new Refused(4002, 'Error while decoding payload.');
    const { op, d } = frame;
    if (!this.#withinRate()) throw new Refused(4008, 'Rate limited.');
    const data = isRecord(d) ? d : {};
    if (op === 1) this.#beat();
    else if (op === 2) this.#identify(data);
    else if (op === 6) this.#resume(data);
    else this.#command(op, data);
  }

  #command(op: number, data: Record<string, unknown>): void {
    const session = this.#session;
    if (!session) throw new Refused(4003, 'Not authenticated.');
    this.#gateway.journal.add({ kind: 'session', what: 'sent', shard: session.shard[0], detail: { op, d: data } });
    if (op === 3) updatePresence(this.#gateway.state, data);
    else if (op === 4) updateVoice(this.#gateway.state, data);
    else if (op === 8) requestMembers(this.#gateway.state, session, data);
    else if (op !== REQUEST_SOUNDS) throw new Refused(4001, 'Unknown opcode.');
  }

  #withinRate(): boolean {
    const now = performance.now();
    if (now - this.#sent.since > 60_000) this.#sent = { since: now, count: 0 };
    return ++this.#sent.count <= COMMANDS_A_MINUTE;
  }

  #beat(): void {
    this.#lastBeat = performance.now();
    // Short intervals in tests must not run into the limit on commands.
    this.#sent.count--;
    if (this.#gateway.acking) this.#send({ op: 11 });
  }

  #identify(d: Record<string, unknown>): void {
    if (this.#session) throw new Refused(4005, 'Already authenticated.');
    if (!this.#tokenFits(d.token)) throw new Refused(4004, 'Authentication failed.');
    const shard = shardOf(d.shard);
    if (!shard) throw new Refused(4010, 'Invalid shard.');
    const intents = d.intents;
    if (typeof intents !== 'number' || (intents & ~KNOWN_INTENTS) !== 0) throw new Refused(4013, 'Invalid intent(s).');
    const { privileged } = this.#gateway;
    const refused =
      (!privileged.members && (intents & PRIVILEGED.members) !== 0) ||
      (!privileged.presences && (intents & PRIVILEGED.presences) !== 0) ||
      (!privileged.content && (intents & PRIVILEGED.content) !== 0);
    if (refused) throw new Refused(4014, 'Disallowed intent(s).');
    if (!this.#mayIdentify(shard[0])) {
      this.#send({ op: 9, d: false });
      return;
    }
    const threshold = typeof d.large_threshold === 'number' ? d.large_threshold : 50;
    this.#session = this.#gateway.start({ shard, intents, largeThreshold: threshold }, this.socket);
    if (isRecord(d.presence)) updatePresence(this.#gateway.state, d.presence);
  }

  #mayIdentify(shard: number): boolean {
    const { maxConcurrency, identifyWindowMs } = this.#gateway.options;
    const key = shard % maxConcurrency;
    const now = performance.now();
    const last = this.#gateway.identified.get(key) ?? Number.NEGATIVE_INFINITY;
    if (now - last < identifyWindowMs) return false;
    this.#gateway.identified.set(key, now);
    return true;
  }

  #resume(d: Record<string, unknown>): void {
    if (this.#session) throw new Refused(4005, 'Already authenticated.');
    if (!this.#tokenFits(d.token)) throw new Refused(4004, 'Authentication failed.');
    const { session_id: id, seq } = d;
    if (typeof id !== 'string' || typeof seq !== 'number') throw new Refused(4007, 'Invalid seq.');
    this.#session = this.#gateway.resume(id, seq, this.socket);
    if (!this.#session) this.#send({ op: 9, d: false });
  }

  #tokenFits(token: unknown): boolean {
    return typeof token === 'string' && token.replace(/^Bot /, '') === this.#gateway.state.token;
  }
}

function shardOf(value: unknown): [number, number] | undefined {
  if (value === undefined || value === null) return [0, 1];
  if (!Array.isArray(value)) return undefined;
  const [id, count]: unknown[] = value;
  if (typeof id !== 'number' || typeof count !== 'number') return undefined;
  return Number.isInteger(id) && Number.isInteger(count) && id >= 0 && id < count ? [id, count] : undefined;
}
