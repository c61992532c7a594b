import type { APIMessage } from 'discord-api-types/v10';
import { SandboxError } from './api-error.ts';
import { Control } from './control/control.ts';
import { Faults } from './faults.ts';
import { Gateway } from './gateway/gateway.ts';
import { FrontDoor } from './http/front-door.ts';
import { Listener } from './http/listener.ts';
import { isLoopback } from './http/own-address.ts';
import { Rest } from './http/rest.ts';
import { Router } from './http/router.ts';
import { type Entry, Journal, type RecordedRequest, type WaitOptions } from './journal.ts';
import { Live } from './live.ts';
import { gatewayOptions, type SandboxLog, type SandboxOptions } from './options.ts';
import { Posting } from './posting.ts';
import { RateLimits } from './rate-limits.ts';
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
  readonly #door: FrontDoor;
  readonly #host: string;
  readonly #seeded: Seeded;
  readonly #world: World;
  readonly #log: SandboxLog | undefined;

  constructor(o: SandboxOptions, host: string, samples: ReadonlyMap<string, Sample>) {
    this.samples = samples;
    this.#host = host;
    this.#log = o.log;
    this.state = new State({ now: o.now ?? Date.now, ...(o.keepMessages && { keepMessages: o.keepMessages }) });
    this.journal = new Journal();
    this.#seeded = o.seed === 'demo' ? seedDemo(this.state) : seedSmall(this.state);
    this.state.listeners.add((happening) => this.journal.addHappening(happening));
    this.gateway = new Gateway(this.state, this.journal, gatewayOptions(o));
    this.gateway.setPrivileged(o.intents ?? {});
    this.listener = new Listener(host, o.port, {
      request: (request, response, url) => this.#door.request(request, response, url),
      upgrade: (request, url) => this.#door.upgrade(request, url),
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
    const limits = new RateLimits(o.rateLimits ?? 'discord');
    const onCrash = (error: unknown, what: string): void => this.#crashed(error, what);
    this.#door = new FrontDoor({
      ...{ state, gateway, faults, live: this.live, page: o.page, control: new Control(this) },
      rest: new Rest({ state, router, journal, limits, faults, onCrash }),
      place: () => ({ host, port: this.listener.port, allowRemote: o.allowRemote ?? false }),
    });
  }

  /** Called once the port is known. */
  opened(): void {
    const wildcard = this.#host === '0.0.0.0' || this.#host === '::';
    const host = wildcard ? '127.0.0.1' : this.#host.replaceAll(/[[\]]/g, '');
    const name = host.includes(':') ? `[${host}]` : host;
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

  async autoModTimeout(who: string, by: Parameters<typeof membership.autoModTimeout>[2]): Promise<void> {
    membership.autoModTimeout(this.#world, who, by);
  }

  /** Accepts the rules, as whoever joined `pending`. */
  async acceptRules(id: Id): Promise<void> {
    membership.acceptRules(this.#world, id);
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

  async addBot(to: Parameters<typeof membership.addBot>[1] = {}): Promise<Id> {
    return membership.addBot(this.#world, to);
  }

  async removeBot(id: Id): Promise<void> {
    membership.removeBot(this.#world, id);
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
