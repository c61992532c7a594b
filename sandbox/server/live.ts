import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { isRecord } from './http/form.ts';
import { channelPermissions, has, isThread } from './permissions.ts';
import { dmView } from './routes/users.ts';
import type { SampleListed } from './seeds/samples.ts';
import type { Id } from './snowflake.ts';
import type { Channel } from './state/channels.ts';
import type { Command } from './state/commands.ts';
import type { Guild } from './state/guilds.ts';
import type { MemberView } from './state/members.ts';
import type { Role } from './state/roles.ts';
import type { Happening } from './state/state.ts';
import type { User } from './state/users.ts';
import { personId, type World } from './verbs/world.ts';

/** A server as the page is told of it. */
export interface GuildSeen {
  readonly id: Id;
  readonly name: string;
  readonly icon: string | null;
  readonly owner_id: Id;
  readonly roles: readonly Role[];
  readonly members: readonly (MemberView & { readonly user: User })[];
  readonly presences: readonly { readonly user: { readonly id: Id }; readonly status: string }[];
  readonly emojis: readonly { readonly id: string; readonly name: string; readonly animated: boolean }[];
}

/** Everything one person may see, at one moment. */
export interface Snapshot {
  readonly me: User;
  readonly bot: User;
  readonly guilds: readonly GuildSeen[];
  readonly channels: readonly object[];
  readonly commands: readonly Command[];
  readonly samples: readonly SampleListed[];
  /** Those one can act as. */
  readonly people: readonly User[];
}

interface Viewer {
  readonly socket: WebSocket;
  me: Id;
  /** The channels this person could see when last looked: when they differ, a new snapshot is due. */
  visible: string;
}

const MOST_LISTED = 1_000;
/** After these, what a person may see can be different. */
const CHANGES_VIEW = /^(?:GUILD_ROLE_|CHANNEL_|THREAD_DELETE|GUILD_MEMBER_(?:UPDATE|REMOVE|ADD)|GUILD_DELETE)/;
const BOT_ONLY: ReadonlySet<string> = new Set(['INTERACTION_CREATE', 'GUILD_AUDIT_LOG_ENTRY_CREATE']);
const STATUS_EVERY = 1_000;

/** The live feed: one person's client on a socket, told of all that this person may see. */
export class Live implements Disposable {
  readonly #world: World;
  readonly #samples: () => readonly SampleListed[];
  readonly #viewers = new Set<Viewer>();
  #status: string | undefined;
  #statusTimer: NodeJS.Timeout | undefined;

  constructor(world: World, samples: () => readonly SampleListed[]) {
    this.#world = world;
    this.#samples = samples;
    world.state.listeners.add((happening) => this.#hear(happening));
  }

  accept(socket: WebSocket, as: string | undefined): void {
    const viewer: Viewer = { socket, me: this.#whoIs(as) ?? personId(this.#world), visible: '' };
    this.#viewers.add(viewer);
    socket.on('close', () => this.#viewers.delete(viewer));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#told(viewer, String(data)));
    this.#show(viewer);
    if (this.#status !== undefined) send(viewer, this.#status);
  }

  #whoIs(name: string | undefined): Id | undefined {
    try {
      return personId(this.#world, name);
    } catch {
      return undefined;
    }
  }

  #told(viewer: Viewer, text: string): void {
    const frame = parsed(text);
    if (!isRecord(frame) || frame.op !== 'act' || typeof frame.as !== 'string') return;
    const person = this.#whoIs(frame.as);
    if (person === undefined) return;
    viewer.me = person;
    this.#show(viewer);
  }

  #show(viewer: Viewer): void {
    viewer.visible = this.#visibleTo(viewer.me);
    send(viewer, JSON.stringify({ op: 'snapshot', d: this.#snapshot(viewer.me) }));
  }

  #hear(happening: Happening): void {
    if (this.#viewers.size === 0 || BOT_ONLY.has(happening.t)) return;
    let text: string | undefined;
    for (const viewer of this.#viewers) {
      if (CHANGES_VIEW.test(happening.t) && this.#visibleTo(viewer.me) !== viewer.visible) {
        this.#show(viewer);
        continue;
      }
      if (!this.#mayHear(viewer.me, happening)) continue;
      text ??= JSON.stringify({ op: 'event', t: happening.t, d: happening.d });
      send(viewer, text);
    }
  }

  #mayHear(me: Id, { channel: id, guild, reader }: Happening): boolean {
    const { state } = this.#world;
    if (reader !== undefined) return reader === me;
    const channel = id === undefined ? undefined : state.channels.get(id);
    if (channel) return this.#sees(channel, me);
    return guild === undefined || (state.guilds.get(guild)?.members.has(me) ?? false);
  }

  #sees(channel: Channel, me: Id): boolean {
    return has(channelPermissions(this.#world.state, channel, me), P.ViewChannel);
  }

  #channelsOf(me: Id): Channel[] {
    return [...this.#world.state.channels.values()].filter((channel) => this.#sees(channel, me));
  }

  #visibleTo(me: Id): string {
    return this.#channelsOf(me)
      .map(({ id }) => id)
      .join();
  }

  #snapshot(me: Id): Snapshot {
    const { state, seeded } = this.#world;
    const open = this.#channelsOf(me).filter((one) => !isThread(one) || !one.thread_metadata?.archived);
    return {
      me: state.user(me),
      bot: state.bot,
      guilds: [...state.guilds.values()].filter(({ members }) => members.has(me)).map((guild) => this.#seen(guild)),
      channels: open.map((one) => (one.recipients ? dmView(state, one, me) : state.channelView(one))),
      commands: [...state.commands.values()],
      samples: this.#samples(),
      people: Object.entries(seeded.people).flatMap(([name, id]) =>
        name === 'bot' ? [] : (state.users.get(id) ?? []),
      ),
    };
  }

  #seen(guild: Guild): GuildSeen {
    const { state } = this.#world;
    const { name, icon } = guild.settings;
    const members = [...guild.members.values()].slice(0, MOST_LISTED);
    return {
      id: guild.id,
      name,
      icon,
      owner_id: guild.ownerId,
      roles: [...guild.roles.values()],
      members: members.map((member) => state.memberView(member)),
      presences: [...guild.presences].map(([id, { status }]) => ({ user: { id }, status })),
      emojis: [...guild.emojis.values()],
    };
  }

  /** How the bot is doing: shown to everyone who looks. */
  tellStatus(status: unknown): void {
    this.#status = JSON.stringify({ op: 'status', d: status });
    for (const viewer of this.#viewers) send(viewer, this.#status);
  }

  /** Asks the bot itself every second from now on, at its own HTTP address. */
  askStatusAt(url: string): void {
    clearInterval(this.#statusTimer);
    const address = new URL('/status.json', url);
    let asking = false;
    this.#statusTimer = setInterval(() => {
      if (asking || this.#viewers.size === 0) return;
      asking = true;
      fetch(address, { signal: AbortSignal.timeout(STATUS_EVERY * 2) })
        .then((response) => response.json())
        .then((status) => this.tellStatus(status))
        // A bot that does not answer is what the page shows by a status that grows old.
        .catch(() => undefined)
        .finally(() => {
          asking = false;
        });
    }, STATUS_EVERY);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#statusTimer);
    for (const { socket } of this.#viewers) socket.terminate();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A page that does not keep up is left behind rather than filling our memory. */
const MOST_WAITING = 64 * 1024 * 1024;

function send({ socket }: Viewer, text: string): void {
  if (socket.readyState !== 1) return;
  if (socket.bufferedAmount > MOST_WAITING) socket.terminate();
  else socket.send(text);
}
