import { randomBytes } from 'node:crypto';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { GatewayFaults } from '../faults.ts';
import type { Journal } from '../journal.ts';
import { channelPermissions, guildPermissions, has } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { guildCreate } from '../state/guild-view.ts';
import type { Guild } from '../state/guilds.ts';
import type { Happening, State } from '../state/state.ts';
import { Connection } from './connection.ts';
import { Encoded } from './encoded.ts';
import { intentOf, PRIVILEGED, type PrivilegedIntents } from './intents.ts';
import { Session, type SessionOptions } from './session.ts';

export interface GatewayOptions {
  readonly heartbeatIntervalMs: number;
  /** Identifies a `windowMs` (0: any number) for each of `maxConcurrency` groups of shards. */
  readonly maxConcurrency: number;
  readonly identifyWindowMs: number;
  readonly shards: number;
  /** How long a session without a socket can be resumed. */
  readonly resumeWindowMs: number;
}

const INVALID_SEQ = -1;
/** Bots hear of every channel itself, as GUILD_CREATE lists them all; of what goes on inside only where they may look. */
const ALWAYS_TOLD: ReadonlySet<string> = new Set(['INTERACTION_CREATE', 'CHANNEL_CREATE', 'CHANNEL_UPDATE']);

/** Discord's gateway: sessions by shard, events by intent and by what the bot may see, each serialised once. */
export class Gateway implements GatewayFaults {
  readonly state: State;
  readonly options: GatewayOptions;
  readonly journal: Journal;
  readonly sessions = new Map<string, Session>();
  readonly connections = new Set<Connection>();
  readonly identified = new Map<number, number>();
  #privileged: PrivilegedIntents = { members: true, presences: true, content: true };
  acking = true;
  sessionStarts = 0;

  constructor(state: State, journal: Journal, options: GatewayOptions) {
    this.state = state;
    this.journal = journal;
    this.options = options;
    state.listeners.add((happening) => this.hear(happening));
  }

  get privileged(): PrivilegedIntents {
    return this.#privileged;
  }

  /** Switches privileged intents on and off, as one does in the developer portal. Sessions that have begun stay. */
  setPrivileged(intents: Partial<PrivilegedIntents>): void {
    this.#privileged = { ...this.#privileged, ...intents };
    const { members, presences, content } = this.#privileged;
    // The "limited" flags: what a bot has that Discord has not had to verify.
    this.state.applicationFlags = (presences ? 1 << 13 : 0) | (members ? 1 << 15 : 0) | (content ? 1 << 19 : 0);
  }

  get url(): string {
    return `${this.state.baseUrl.replace(/^http/, 'ws')}/gateway`;
  }

  crashed(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.journal.add({ kind: 'crash', what: 'gateway', error: text });
  }

  accept(socket: WebSocket, query: URLSearchParams): void {
    this.connections.add(new Connection(this, socket, query));
  }

  /** Whether a session, connected or about to resume, will hear of what happens in this server. */
  reaches(guild: Id | undefined): boolean {
    this.#forgetStale();
    return [...this.sessions.values()].some((session) => session.hears(guild));
  }

  hear(happening: Happening): void {
    if (this.sessions.size === 0 || happening.reader !== undefined || happening.pageOnly) return;
    const { t, guild } = happening;
    if (guild !== undefined && t !== 'GUILD_DELETE' && !this.#isIn(guild)) return;
    if (!this.#botSees(happening)) return;
    const needed = intentOf(t, guild !== undefined);
    const encoded = new Encoded(this.state, happening);
    for (const session of this.sessions.values()) {
      if (needed !== 0 && (session.intents & needed) === 0) continue;
      if (!session.hears(guild)) continue;
      session.dispatch(t, encoded.textFor((session.intents & PRIVILEGED.content) !== 0));
    }
  }

  /** Whether the bot hears of a server at all: it is in it, and the server is not out of order. */
  #isIn(id: Id): boolean {
    const guild = this.state.guilds.get(id);
    return guild === undefined || (!guild.unavailable && guild.members.has(this.state.bot.id));
  }

  #botSees({ t, guild: place, channel: id }: Happening): boolean {
    if (t === 'GUILD_AUDIT_LOG_ENTRY_CREATE') {
      const guild = this.state.guilds.get(place ?? '');
      return guild !== undefined && has(guildPermissions(guild, this.state.bot.id), P.ViewAuditLog);
    }
    if (id === undefined || ALWAYS_TOLD.has(t)) return true;
    const channel = this.state.channels.get(id);
    return channel === undefined || has(channelPermissions(this.state, channel, this.state.bot.id), P.ViewChannel);
  }

  start(o: Omit<SessionOptions, 'id'>, socket: WebSocket): Session {
    const session = new Session({ ...o, id: randomBytes(16).toString('hex') });
    session.socket = socket;
    this.#forgetStale();
    this.sessions.set(session.id, session);
    this.sessionStarts++;
    const guilds = [...this.state.guilds.values()].filter(
      ({ id, members }) => session.hears(id) && members.has(this.state.bot.id),
    );
    const { bot, application } = this.state;
    session.dispatch(
      'READY',
      JSON.stringify({
        v: 10,
        user: { ...bot, verified: true, mfa_enabled: true, email: null },
        guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
        session_id: session.id,
        resume_gateway_url: this.url,
        shard: session.shard,
        application: { id: application.id, flags: this.state.applicationFlags },
        session_type: 'normal',
        private_channels: [],
        presences: [],
        relationships: [],
        user_settings: {},
        guild_join_requests: [],
        geo_ordered_rtc_regions: [],
        _trace: ['sandbox'],
      }),
    );
    for (const guild of guilds) this.#sendGuild(session, guild);
    this.journal.add({ kind: 'session', what: 'ready', shard: session.shard[0], detail: session.intents });
    return session;
  }

  #sendGuild(session: Session, guild: Guild): void {
    if (guild.unavailable) return;
    const wants = {
      members: (session.intents & PRIVILEGED.members) !== 0,
      presences: (session.intents & PRIVILEGED.presences) !== 0,
      largeThreshold: session.largeThreshold,
    };
    session.dispatch('GUILD_CREATE', JSON.stringify(guildCreate(this.state, guild, wants)));
  }

  /** A server that came (the bot was invited, an outage ended): every session of its shard is told. */
  announceGuild(guild: Guild): void {
    for (const session of this.sessions.values()) if (session.hears(guild.id)) this.#sendGuild(session, guild);
  }

  resume(id: string, seq: number, socket: WebSocket): Session | undefined {
    this.#forgetStale();
    const session = this.sessions.get(id);
    if (!session || seq <= INVALID_SEQ) return undefined;
    session.socket?.terminate();
    session.socket = socket;
    session.awaySince = undefined;
    if (!session.replay(seq)) {
      this.sessions.delete(id);
      return undefined;
    }
    session.dispatch('RESUMED', JSON.stringify({ _trace: ['sandbox'] }));
    this.journal.add({ kind: 'session', what: 'resumed', shard: session.shard[0], detail: seq });
    return session;
  }

  #forgetStale(): void {
    const now = performance.now();
    for (const [id, { awaySince }] of this.sessions) {
      if (awaySince !== undefined && now - awaySince > this.options.resumeWindowMs) this.sessions.delete(id);
    }
  }

  drop(code?: number, reason = ''): void {
    for (const { socket } of [...this.connections]) {
      if (code === undefined) socket.terminate();
      else socket.close(code, reason);
    }
  }

  zombie(stop = true): void {
    this.acking = !stop;
  }

  reconnect(): void {
    this.frame('{"op":7,"d":null}');
  }

  invalidSession(resumable: boolean): void {
    if (!resumable) this.sessions.clear();
    this.frame(JSON.stringify({ op: 9, d: resumable }));
  }

  frame(text: string): void {
    for (const { socket } of this.connections) if (socket.readyState === 1) socket.send(text);
  }

  close(): void {
    for (const connection of [...this.connections]) connection.end();
    this.sessions.clear();
  }
}
