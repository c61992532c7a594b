import type { APIMessage } from 'discord-api-types/v10';
import { SandboxError } from './api-error.ts';
import { Control } from './control/control.ts';
import { Faults } from './faults.ts';
import { Gateway, type GatewayOptions } from './gateway/gateway.ts';
import type { PrivilegedIntents } from './gateway/intents.ts';
import { serveAsset } from './http/assets.ts';
import { type Handlers, Listener } from './http/listener.ts';
import { isLoopback, isOwnAddress } from './http/own-address.ts';
import { Rest } from './http/rest.ts';
import { Router } from './http/router.ts';
import { type Entry, Journal, type RecordedRequest, type WaitOptions } from './journal.ts';
import { Live } from './live.ts';
import { Posting } from './posting.ts';
import { type RateLimitOptions, RateLimits } from './rate-limits.ts';
import { allRoutes } from './routes/routes.ts';
import { seedDemo } from './seeds/demo.ts';
import { makeSamples, type Sample, type SampleListed } from './seeds/samples.ts';
import { type Seeded, seedSmall } from './seeds/small.ts';
import type { Id } from './snowflake.ts';
import type { Presence } from './state/guilds.ts';
import type { Choice, ModalShown } from './state/interactions.ts';
import { State } from './state/state.ts';
import * as interact from './verbs/interact.ts';
import * as membership from './verbs/membership.ts';
import type { OptionValues } from './verbs/option-values.ts';
import type { Reply } from './verbs/reply.ts';
import { personRest, type RestOptions } from './verbs/rest.ts';
import type { InteractOptions } from './verbs/send-interaction.ts';
import * as talk from './verbs/talk.ts';
import type { By, World } from './verbs/world.ts';

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

/** Opens a local Discord. Without a bot it is just a server with people in it. */
export async function startSandbox(o: SandboxOptions): Promise<Sandbox> {
  const host = o.host ?? '127.0.0.1';
  if (!isLoopback(host) && !o.allowRemote) {
    throw new SandboxError(
      `the sandbox listens on this machine only; ${host} needs the explicit permission to be reached from elsewhere`,
    );
  }
  const sandbox = new Sandbox(o, host, o.seed === 'demo' ? await makeSamples() : new Map());
  await sandbox.listener.open();
  sandbox.opened();
  return sandbox;
}

/** A local Discord: the server a bot connects to, and the people in it, whose doings are its verbs. */
export class Sandbox implements AsyncDisposable {
  readonly state: State;
  readonly journal: Journal;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly listener: Listener;
  /** The feed that the page is told by. */
  readonly live: Live;
  /** People who write at a steady rate. */
  readonly posting: Posting;
  /** Files to try the bot with, by name (the demo's alone). */
  readonly samples: ReadonlyMap<string, Sample>;
  readonly #control: Control;
  readonly #page: PageHandler | undefined;
  readonly #host: string;
  readonly #allowRemote: boolean;
  readonly #seeded: Seeded;
  readonly #world: World;
  readonly #rest: Rest;
  readonly #log: SandboxLog | undefined;

  constructor(o: SandboxOptions, host: string, samples: ReadonlyMap<string, Sample>) {
    this.samples = samples;
    this.#page = o.page;
    this.#host = host;
    this.#allowRemote = o.allowRemote ?? false;
    this.#log = o.log;
    this.state = new State({ now: o.now ?? Date.now, ...(o.keepMessages && { keepMessages: o.keepMessages }) });
    this.journal = new Journal();
    this.#seeded = o.seed === 'demo' ? seedDemo(this.state) : seedSmall(this.state);
    this.state.listeners.add((happening) => this.journal.addHappening(happening));
    this.gateway = new Gateway(this.state, this.journal, gatewayOptions(o));
    this.gateway.setPrivileged(o.intents ?? {});
    this.listener = new Listener(host, o.port, {
      request: (request, response, url) => this.#request(request, response, url),
      upgrade: (request, url) => this.#upgrade(request, url),
      onCrash: (error, what) => this.#crashed(error, what),
    });
    this.faults = new Faults(this.gateway, this.listener);
    const router = new Router(allRoutes(this.gateway));
    const { state, gateway, journal, faults } = this;
    this.#world = { state, gateway, journal, faults, router, seeded: this.#seeded };
    this.live = new Live(this.#world, () => this.sampleList);
    this.posting = new Posting(
      () => [...this.#seeded.guild.members.keys()].filter((id) => id !== state.bot.id),
      (as, channel, content, files) => talk.message(this.#world, { as, channel, content, files, unchecked: true }),
    );
    this.#control = new Control(this);
    const limits = new RateLimits(o.rateLimits ?? 'discord');
    this.#rest = new Rest({
      state,
      router,
      journal,
      limits,
      faults,
      onCrash: (error, what) => this.#crashed(error, what),
    });
  }

  /** Called once the port is known. */
  opened(): void {
    const name = this.#host.includes(':') ? `[${this.#host.replaceAll(/[[\]]/g, '')}]` : this.#host;
    this.state.baseUrl = `http://${name}:${this.listener.port}`;
  }

  #crashed(error: unknown, what: string): void {
    this.#log?.error({ error, what }, 'the sandbox itself failed');
    this.journal.add({
      kind: 'crash',
      what,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }

  async #request(...[request, response, url]: Parameters<Handlers['request']>): Promise<void> {
    const { port } = this.listener;
    if (!isOwnAddress(request, { host: this.#host, port, allowRemote: this.#allowRemote })) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end("This address is not the sandbox's own.");
      return;
    }
    const api = /^\/api(?:\/v(\d+))?(\/.*)$/.exec(url.pathname);
    if (api) {
      if (this.faults.refusing) return void request.socket.destroy();
      await this.#rest.handle(request, response, api[2] ?? '/', url.search.slice(1));
      return;
    }
    if (await serveAsset(this.state, this.faults, request, response, url)) return;
    if (url.pathname.startsWith('/sandbox/')) {
      await this.#control.handle(request, response, url);
      return;
    }
    const file = request.method === 'GET' ? await this.#page?.(url) : undefined;
    if (file) response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' }).end(file.body);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
  }

  #upgrade(...[request, url]: Parameters<Handlers['upgrade']>): ReturnType<Handlers['upgrade']> {
    if (!isOwnAddress(request, { host: this.#host, port: this.listener.port, allowRemote: this.#allowRemote }))
      return 403;
    if (url.pathname === '/sandbox/live') {
      return (socket) => this.live.accept(socket, url.searchParams.get('as') ?? undefined);
    }
    if (url.pathname !== '/gateway' && url.pathname !== '/gateway/' && url.pathname !== '/') return 404;
    if (this.faults.refusing) return 'cut';
    return (socket) => this.gateway.accept(socket, url.searchParams);
  }

  /** Where people's browsers go. */
  get url(): string {
    return this.state.baseUrl;
  }

  /** What a bot is given as Discord's address (`rest.api` in discord.js, DISCORD_API_URL for Rockhopper). */
  get apiUrl(): string {
    return `${this.state.baseUrl}/api`;
  }

  /** What a bot is given as the address of pictures (`rest.cdn` in discord.js). */
  get cdnUrl(): string {
    return this.state.baseUrl;
  }

  /** The one bot token that is accepted. */
  get token(): string {
    return this.state.token;
  }

  get sampleList(): SampleListed[] {
    return [...this.samples.values()].map(({ name, bytes, contentType }) => ({
      name,
      url: `${this.url}/sandbox/samples/${name}`,
      size: bytes.length,
      type: contentType,
    }));
  }

  get guildId(): Id {
    return this.#seeded.guild.id;
  }

  get people(): Seeded['people'] {
    return this.#seeded.people;
  }

  get channels(): Seeded['channels'] {
    return this.#seeded.channels;
  }

  get roles(): Seeded['roles'] {
    return this.#seeded.roles;
  }

  /** A slash command; `name` may go on with a subcommand (`config logs`). Values by option name; people, channels and roles by name or id. */
  async slash(name: string, options: OptionValues = {}, o: InteractOptions = {}): Promise<Reply> {
    return interact.slash(this.#world, name, options, o);
  }

  async userMenu(name: string, target: string, o: InteractOptions = {}): Promise<Reply> {
    return interact.userMenu(this.#world, name, target, o);
  }

  async messageMenu(name: string, messageId: string, o: InteractOptions = {}): Promise<Reply> {
    return interact.messageMenu(this.#world, name, messageId, o);
  }

  /** The choices offered for the option `focused`, whose value so far is in `options`. */
  async autocomplete(
    name: string,
    options: OptionValues,
    focused: string,
    o: InteractOptions = {},
  ): Promise<readonly Choice[]> {
    return interact.autocomplete(this.#world, name, options, focused, o);
  }

  async click(message: interact.MessageLike, customId: string, o: InteractOptions = {}): Promise<Reply> {
    return interact.click(this.#world, message, customId, o);
  }

  async select(
    message: interact.MessageLike,
    customId: string,
    values: readonly string[],
    o: InteractOptions = {},
  ): Promise<Reply> {
    return interact.select(this.#world, message, customId, values, o);
  }

  async submitModal(modal: ModalShown, values: interact.ModalValues, o: InteractOptions = {}): Promise<Reply> {
    return interact.submitModal(this.#world, modal, values, o);
  }

  /** An INTERACTION_CREATE as given, whatever it holds. */
  rawInteraction(payload: object): void {
    this.state.emit({ t: 'INTERACTION_CREATE', d: payload, guild: this.guildId });
  }

  async message(o: talk.Says): Promise<APIMessage> {
    return talk.message(this.#world, o);
  }

  async edit(message: interact.MessageLike, content: string): Promise<APIMessage> {
    return talk.edit(this.#world, message, content);
  }

  async delete(message: interact.MessageLike, o: Pick<By, 'as'> = {}): Promise<void> {
    await talk.remove(this.#world, message, o);
  }

  async react(message: interact.MessageLike, emoji: string, o: Pick<By, 'as'> = {}): Promise<void> {
    await talk.react(this.#world, message, emoji, o);
  }

  async unreact(message: interact.MessageLike, emoji: string, o: Pick<By, 'as'> = {}): Promise<void> {
    await talk.unreact(this.#world, message, emoji, o);
  }

  async typing(o: By = {}): Promise<void> {
    await talk.typing(this.#world, o);
  }

  /** So many new people, or one who exists. Returns their ids. */
  async join(who: number | string, o: membership.JoinOptions = {}): Promise<Id[]> {
    return membership.join(this.#world, who, o);
  }

  async leave(who: string): Promise<void> {
    membership.leave(this.#world, who);
  }

  async presence(who: string, status: Presence['status']): Promise<void> {
    membership.presence(this.#world, who, status);
  }

  async voice(who: string, channel: string | null): Promise<void> {
    membership.voice(this.#world, who, channel);
  }

  /** Whether this person takes direct messages from the bot. */
  async directMessages(who: string, open: boolean): Promise<void> {
    membership.directMessages(this.#world, who, open);
  }

  async addGuild(name: string): Promise<Id> {
    return membership.addGuild(this.#world, name);
  }

  async removeGuild(id: Id): Promise<void> {
    membership.removeGuild(this.#world, id);
  }

  async outage(id: Id, unavailable: boolean): Promise<void> {
    membership.outage(this.#world, id, unavailable);
  }

  /** Anything else a person does, as a REST request of theirs: `rest('DELETE', `/channels/${id}`, { as: 'owner' })`. */
  async rest(method: string, path: string, o: RestOptions = {}): Promise<unknown> {
    return personRest(this.#world, method, path, o);
  }

  /** Dispatches any event with any data, well-formed or not, to every session of the first server's shard. */
  raw(event: string, data: unknown): void {
    this.state.emit({ t: event, d: data, guild: this.guildId });
  }

  /** The bot's REST requests with their answers, oldest first, as far as they are kept. */
  requests(since = 0): RecordedRequest[] {
    return this.journal.requests(since);
  }

  /** Marks this moment, for `waitFor` and `requests`. */
  mark(): number {
    return this.journal.mark;
  }

  /** The first event, request or session change that fits, of those recorded (since `since`) or to come. */
  waitFor(fits: (entry: Entry) => boolean, o: WaitOptions = {}): Promise<Entry> {
    return this.journal.waitFor(fits, o);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.posting.stop();
    this.live[Symbol.dispose]();
    this.gateway.close();
    await this.listener.close();
  }
}

function gatewayOptions(o: SandboxOptions): GatewayOptions {
  return {
    heartbeatIntervalMs: o.heartbeatIntervalMs ?? 41_250,
    maxConcurrency: o.maxConcurrency ?? 16,
    identifyWindowMs: o.identifyWindowMs ?? 0,
    shards: o.shards ?? 1,
    resumeWindowMs: o.resumeWindowMs ?? 120_000,
  };
}
