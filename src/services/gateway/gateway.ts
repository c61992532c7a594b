import { Client, Events, REST, RESTEvents, Status } from 'discord.js';
import { type APIApplication, GatewayCloseCodes, Routes } from 'discord-api-types/v10';
import { type Config, listOf } from '../../config.ts';
import { BotError, ConfigError } from '../../lib/errors.ts';
import type { I18n } from '../../lib/i18n.ts';
import type { Logger } from '../../lib/log.ts';
import type { Metrics } from '../../lib/metrics.ts';
import { fetchApplication, REFUSED_TOKEN, untilThere } from './application.ts';
import { clientOptions, restOptions } from './client.ts';
import { intentsFor, type MissingIntent } from './intents.ts';
import { MemberLookup } from './member-lookup.ts';
import { MessageObjects } from './message-objects.ts';
import { guardPackets } from './packets.ts';
import { RestLanes } from './rest-lanes.ts';
import { RestPing } from './rest-ping.ts';

/** Discord ended the session for good, for a reason that trying again does not mend. */
class GatewayLostError extends BotError {}

interface Opening {
  readonly config: Config;
  readonly token: string;
  readonly i18n: I18n;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
}

/** The connection to Discord: the logged-in client, who runs it, what it may see, and how it is doing. */
export class Gateway implements AsyncDisposable {
  readonly client: Client;
  /** Sends first answers, and never by itself a second time (see `Responder`). */
  readonly callbacks: REST;
  /** Sends what follows a first answer: Discord counts none of it against the 50 requests a second. */
  readonly answers: REST;
  /** Who goes first of those that wait for the client's REST. */
  readonly lanes: RestLanes;
  /** Who is still in which server, asked for many at a time. */
  readonly members = new MemberLookup();
  readonly restPing: RestPing;
  /** Of which messages discord.js makes objects. */
  readonly objects: MessageObjects;
  readonly application: APIApplication;
  /** The privileged intents Discord does not give, and what is off without them. */
  readonly missingIntents: readonly MissingIntent[];
  /** Rejects when Discord ends the session for good; never resolves. */
  readonly lost: Promise<never>;
  readonly #owners: ReadonlySet<string>;
  #lastEventAt = Date.now();

  constructor(
    { client, objects }: Pick<Gateway, 'client' | 'objects'>,
    { callbacks, answers, lanes }: Pick<Gateway, 'callbacks' | 'answers' | 'lanes'>,
    application: APIApplication,
    missing: readonly MissingIntent[],
    config: Config,
  ) {
    this.client = client;
    this.objects = objects;
    this.callbacks = callbacks;
    this.answers = answers;
    this.lanes = lanes;
    this.restPing = new RestPing(client.rest);
    this.application = application;
    this.missingIntents = missing;
    this.#owners = ownersOf(config, application);
    this.lost = lostFor(client);
    client.on(Events.Raw, () => {
      this.#lastEventAt = Date.now();
    });
  }

  /** Whether every shard has its session. */
  get ready(): boolean {
    const { shards } = this.client.ws;
    return this.client.isReady() && shards.size > 0 && shards.every(({ status }) => status === Status.Ready);
  }

  /** The last heartbeat's round trip in milliseconds, or nothing before the first was answered. */
  get pingMs(): number | undefined {
    const pings = [...this.client.ws.shards.values()].map(({ ping }) => ping).filter((ping) => ping >= 0);
    return pings.length === 0 ? undefined : pings.reduce((sum, ping) => sum + ping, 0) / pings.length;
  }

  /** Milliseconds since Discord last said anything: an event, or the answer to a heartbeat, which is no event. */
  get quietMs(): number {
    const beats = [...this.client.ws.shards.values()].map(({ lastPingTimestamp }) => lastPingTimestamp);
    return Date.now() - Math.max(this.#lastEventAt, ...beats);
  }

  isOwner(userId: string): boolean {
    return this.#owners.has(userId);
  }

  get owners(): readonly string[] {
    return [...this.#owners];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.destroy();
    this.client.removeAllListeners();
  }
}

/**
 * Logs in, for as long as it takes while Discord answers 5xx or is out of reach. Handlers attached right after this
 * resolves miss nothing: the first events come with a later turn of the loop. ConfigError for a refused token.
 */
export async function openGateway({ config, token, i18n, log, metrics, signal }: Opening): Promise<Gateway> {
  const callbacks = new REST({ ...restOptions(config), retries: 0 }).setToken(token);
  const unbounded = { globalRequestsPerSecond: Number.POSITIVE_INFINITY };
  const answers = new REST({ ...restOptions(config), ...unbounded }).setToken(token);
  const application = await fetchApplication(callbacks, log, signal);
  const lanes = new RestLanes();
  const { intents, missing } = intentsFor(application.flags ?? 0);
  for (const { name, without } of missing) {
    log.warn({ intent: name }, `the ${name} intent is not enabled in the developer portal: off is ${i18n.t(without)}`);
  }
  const loggedIn = await untilThere(
    'the gateway',
    () => loginOnce(config, token, { intents, lanes }, { log, metrics }),
    log,
    signal,
  );
  return new Gateway(loggedIn, { callbacks, answers, lanes }, application, missing, config);
}

/** A client that failed to log in has destroyed itself, so each try takes a new one. */
async function loginOnce(
  config: Config,
  token: string,
  { intents, lanes }: { readonly intents: number; readonly lanes: RestLanes },
  watching: Watching,
): Promise<Pick<Gateway, 'client' | 'objects'>> {
  const options = clientOptions(config, intents);
  const client = new Client({ ...options, rest: { ...options.rest, rejectOnRateLimit: lanes.rejects } });
  lanes.guard(client.rest);
  watch(client, watching);
  const objects = new MessageObjects(client);
  guardPackets(client, { ...watching, objects });
  try {
    await client.rest.setToken(token).get(Routes.gatewayBot());
    await client.login(token);
    return { client, objects };
  } catch (error) {
    await client.destroy();
    client.removeAllListeners();
    const toMend = error instanceof Error ? FATAL_CLOSES[error.message] : undefined;
    throw toMend === undefined ? error : new ConfigError(toMend, { cause: error });
  }
}

/** What discord.js calls the close codes that no further try mends, and what does. */
const FATAL_CLOSES: Readonly<Record<string, string>> = {
  'Authentication failed': REFUSED_TOKEN,
  'Invalid shard':
    'Discord refuses these shards. SHARDS must be below SHARD_COUNT, and SHARD_COUNT be set with SHARDS.',
  'Sharding is required': 'Discord wants more shards than this. Raise SHARD_COUNT, or leave it and SHARDS unset.',
  'Used disallowed intents':
    'Discord refuses the intents. Enable Server Members and Message Content on the Bot page of the developer portal.',
};

interface Watching {
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Counts and logs what the connection goes through. Without an `error` listener a failure would end the process. */
function watch(client: Client, { log, metrics }: Watching): void {
  const event = (name: string) => metrics.gatewayEvents.inc({ event: name });
  client.on(Events.Error, (error) => log.error({ error }, 'discord.js reported an error'));
  client.on(Events.Warn, (warning) => log.warn({ warning }, 'discord.js warned'));
  client.on(Events.ShardError, (error, shard) => {
    event('error');
    log.warn({ error, shard }, 'the gateway connection failed, it is tried again');
  });
  client.on(Events.ShardReconnecting, (shard) => {
    event('reconnecting');
    log.info({ shard }, 'the gateway session was cut, reconnecting');
  });
  client.on(Events.ShardResume, (shard, replayed) => {
    event('resumed');
    log.info({ shard, replayed }, 'the gateway session was resumed');
  });
  client.on(Events.ShardReady, (shard) => {
    event('ready');
    log.debug({ shard }, 'a shard is ready');
  });
  client.rest.on(RESTEvents.RateLimited, ({ scope, route, timeToReset }) => {
    metrics.restLimited.inc({ scope });
    log.debug({ scope, route, timeToReset }, 'a rate limit was met');
  });
  client.rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) => {
    metrics.restInvalid.inc({});
    log.warn({ count, remainingTime }, 'requests were refused by Discord; too many end in a ban');
  });
  client.rest.on(RESTEvents.Response, (_, response) =>
    metrics.rest.inc({ status: `${Math.floor(response.status / 100)}xx` }),
  );
}

function lostFor(client: Client): Promise<never> {
  const lost = Promise.withResolvers<never>();
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    const error =
      code === GatewayCloseCodes.AuthenticationFailed
        ? new ConfigError(REFUSED_TOKEN)
        : new GatewayLostError(
            `Discord closed shard ${shard} for good: ${code} ${GatewayCloseCodes[code] ?? ''}`.trim(),
          );
    lost.reject(error);
  });
  lost.promise.catch(() => undefined); // heard by whoever runs the app; unheard it must not end the process
  return lost.promise;
}

/** `OWNER_IDS`, else the team's members, else the application's owner. */
function ownersOf(config: Config, { owner, team }: APIApplication): ReadonlySet<string> {
  const named = listOf(config.OWNER_IDS);
  if (named.length > 0) return new Set(named);
  if (team) return new Set(team.members.map(({ user }) => user.id));
  return new Set(owner ? [owner.id] : []);
}
