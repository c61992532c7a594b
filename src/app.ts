import { Events } from 'discord.js';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { type Opening, type Overrides, openGround } from './ground.ts';
import { COMMANDS } from './handlers/commands.ts';
import { definitionsOf } from './handlers/definitions.ts';
import { Dispatcher } from './handlers/dispatch.ts';
import { dispatchEvents } from './handlers/dispatch-events.ts';
import { EVENTS } from './handlers/events.ts';
import { logEvents } from './handlers/log-events.ts';
import { PromisedAnswers } from './handlers/promised-answers.ts';
import { registerCommands } from './handlers/register.ts';
import { createRegistry } from './handlers/registry.ts';
import { startHttp } from './http.ts';
import { delay } from './lib/deadline.ts';
import { ConfigError, StoppingError } from './lib/errors.ts';
import { JOBS } from './scheduler/jobs.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { TimerEngine } from './scheduler/timer-engine.ts';
import { TIMERS } from './scheduler/timers.ts';
import { Archive } from './services/archive/archive.ts';
import { carryOut, see } from './services/automod/carry-out.ts';
import { Deletions } from './services/automod/deletions.ts';
import { AutomodMemory } from './services/automod/memory.ts';
import { MissedMessages } from './services/automod/missed.ts';
import { tellOfBroken, tellOfStuck } from './services/automod/not-holding.ts';
import { Pipeline } from './services/automod/pipeline.ts';
import { Refusals } from './services/automod/refusals.ts';
import { untilThere } from './services/gateway/application.ts';
import { openGateway } from './services/gateway/gateway.ts';
import { inviteLink } from './services/gateway/invite.ts';
import { RestBudget } from './services/gateway/rest-budget.ts';
import { Health } from './services/health/health.ts';
import { createReport } from './services/health/report.ts';
import { introduceIn } from './services/introduction/introduce.ts';
import { Joining } from './services/joining/joining.ts';
import { welcomeMissed } from './services/joining/missed-joins.ts';
import { noteRoles } from './services/joining/note-roles.ts';
import { Levels } from './services/levels/levels.ts';
import { DailyNotices } from './services/logs/daily-notices.ts';
import { EventLogs } from './services/logs/event-logs.ts';
import { pickUpForgotten } from './services/mass/pick-up.ts';
import { BanNames } from './services/moderation/ban-names.ts';
import { catchUpWith } from './services/moderation/catch-up.ts';
import { ForeignActions } from './services/moderation/foreign-actions.ts';
import { UnseenBans } from './services/moderation/unseen-bans.ts';
import { PollBoards } from './services/polls/boards.ts';
import { RaidLens } from './services/raids/lens.ts';
import { connectReadings } from './services/status/readings.ts';
import { takeSnapshot } from './services/status/snapshot.ts';
import { countMembers } from './services/tally/count-members.ts';
import { openStores } from './stores.ts';

/** The running bot. Disposing it stops it: no new work, a grace for what runs, then everything is closed. */
export interface App extends Context, AsyncDisposable {
  /** Rejects when Discord ends the session for good. */
  readonly lost: Promise<never>;
  /** Where the panel and the metrics are, unless they are off. */
  readonly httpUrl: string | undefined;
}

/** What was on its way when the bot was asked to stop still gets a word. */
const LINGER_MS = 150;
/** What was aborted still says so to whoever waited for it. */
const ABORTED_MS = 2_000;

/** Opens everything the bot needs, in order. Closing runs the other way; a failure half-way closes what was open. */
export async function startApp(
  config: Config,
  overrides: Overrides = {},
  signal = new AbortController().signal,
): Promise<App> {
  const token = config.DISCORD_TOKEN;
  if (token === undefined)
    throw new ConfigError('DISCORD_TOKEN is not set: expected the bot token from the Discord developer portal');
  await using opened = new AsyncDisposableStack();
  const opening: Opening = { config, overrides, opened, signal };
  const ground = openGround(opening);
  const { log, metrics, now } = ground;
  const serving: { context?: Context } = {};
  const http = opened.use(
    await startHttp(config.HTTP_ADDRESS, {
      metrics,
      log,
      ready: () => serving.context?.gateway.ready === true && !serving.context.database.away,
      snapshot: () => serving.context && takeSnapshot(serving.context),
    }),
  );
  const registry = createRegistry(overrides.commands ?? COMMANDS);
  const definitions = definitionsOf(registry, ground.i18n);
  const stores = await openStores(ground, opening);
  const gateway = opened.use(await openGateway({ config, token, i18n: ground.i18n, log, metrics, signal }));
  // From here to the handlers nothing may be awaited: the first events come with the next turn of the loop.
  const { rest } = gateway.client;
  const restBudget = opened.use(new RestBudget([rest, gateway.callbacks, gateway.answers], now));
  const guildIds = () => gateway.client.guilds.cache.keys();
  const parts = { ...ground, ...stores, config, gateway, discord: gateway.client };
  const archive = opened.use(new Archive(parts));
  const levels = opened.use(new Levels(parts));
  const pipeline = new Pipeline({
    ...parts,
    levels,
    stats: stores.ruleStats,
    carryOut: (one, stop) => carryOut(one, context, stop),
    see: (one) => see(one, context),
  });
  opened.defer(() => pipeline.abort());
  const foreignActions = new ForeignActions(parts);
  const banNames = new BanNames(parts);
  const context: Context = {
    ...ground,
    ...stores,
    config,
    startedAt: ground.now(),
    gateway,
    restBudget,
    archive,
    levels,
    levelNotices: new DailyNotices('levels', { ...ground, ...stores, discord: gateway.client }),
    pipeline,
    missed: new MissedMessages({ ...parts, pipeline }),
    discord: gateway.client,
    foreignActions,
    banNames,
    unseenBans: new UnseenBans({ ...parts, foreignActions, banNames }),
    automod: new AutomodMemory({ ...parts, cooldowns: stores.ruleCooldowns }),
    deletions: new Deletions({ rest, now: ground.now }),
    refusals: new Refusals({ ...ground, ...stores, discord: gateway.client }),
    joining: new Joining({ ...parts }),
    joinNotices: new DailyNotices('joining', { ...ground, ...stores, discord: gateway.client }),
    raids: new RaidLens(parts),
    eventLogs: opened.use(new EventLogs({ ...parts }, overrides.logTimes)),
    pollBoards: opened.use(new PollBoards({ ...ground, ...stores, discord: gateway.client, lanes: gateway.lanes })),
    report: createReport({ rest, guildIds, settings: stores.settings, i18n: ground.i18n, log }),
    health: new Health({ ...stores, gateway, metrics, log, loop: ground.monitor.window() }),
  };
  stores.rules.tells({
    stuck: (guild, standing) => tellOfStuck(guild, standing, context),
    broken: (guild, rules) => tellOfBroken(guild, rules, context),
  });
  const application = gateway.application.id;
  const promised = opened.use(new PromisedAnswers({ ...ground, ...stores, rest: gateway.answers, application }));
  opened.use(new Dispatcher(context, registry, promised));
  opened.use(gateway.objects.want(({ guild_id: guild }) => context.eventLogs.watches(guild)));
  opened.use(dispatchEvents(context, overrides.events ?? { ...EVENTS, ...logEvents() }));
  context.missed.lookAround();
  opened.use(connectReadings(context));
  opened.use(countMembers(context));
  await untilReady(context, signal);
  const registering = { rest, applicationId: application, log, signal };
  await untilThere('Discord', () => registerCommands(definitions, registering), log, signal);
  // A first command is then begun at once, before the message is seen that its author writes right after it.
  await stores.settings.warm('permissions', guildIds()).catch((error: unknown) => {
    log.warn({ error }, 'the ranks of servers could not be read in advance');
  });
  await stores.settings.warm('events', guildIds()).catch((error: unknown) => {
    log.warn({ error }, 'what servers want to be told of could not be read in advance');
  });
  await stores.settings.warm('levels', guildIds()).catch((error: unknown) => {
    log.warn({ error }, 'where points are counted could not be read in advance');
  });
  await stores.settings.warm('archive', guildIds()).catch((error: unknown) => {
    log.warn({ error }, 'which servers keep messages could not be read in advance');
  });
  context.eventLogs.start();
  promised.start();
  const { lanes } = gateway;
  const jobs = opened.use(new Scheduler(overrides.jobs ?? JOBS));
  lanes.within('jobs', () => jobs.start(context));
  const timers = opened.use(new TimerEngine<Context>(overrides.timers ?? TIMERS));
  lanes.within('timers', () => timers.start(context));
  context.pollBoards.start([...guildIds()]);
  pickUpForgotten(context);
  context.missed.forgetWithoutRules([...guildIds()]);
  catchUpWith([...gateway.client.guilds.cache.values()], context);
  noteRoles([...gateway.client.guilds.cache.values()], context);
  introduceIn([...gateway.client.guilds.cache.values()], context);
  welcomeMissed([...gateway.client.guilds.cache.values()], context);
  serving.context = context;
  log.info({ servers: gateway.client.guilds.cache.size, invite: inviteLink(application), http: http.url }, 'ready');
  opened.defer(() => drain(context, overrides.lingerMs ?? LINGER_MS));
  opened.defer(() => timers.stop());
  opened.defer(() => {
    delete serving.context;
  });
  const owned = opened.move();
  return { ...context, lost: gateway.lost, httpUrl: http.url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function untilReady({ discord }: Context, signal: AbortSignal): Promise<void> {
  if (discord.isReady()) return;
  const ready = Promise.withResolvers<void>();
  const abort = () => ready.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  discord.once(Events.ClientReady, () => ready.resolve());
  try {
    await ready.promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** New work is refused with a word to the person; what runs may finish within the grace; the rest is aborted. */
async function drain({ inFlight, pipeline, log, config }: Context, lingerMs: number): Promise<void> {
  inFlight.stop();
  pipeline.stop();
  if (lingerMs > 0) await delay(lingerMs);
  const grace = { deadlineMs: config.SHUTDOWN_GRACE_MS };
  try {
    await Promise.all([inFlight.idle(grace), pipeline.idle(grace)]);
  } catch {
    const left = inFlight.list().map(({ name }) => name);
    log.warn({ left, messages: pipeline.open }, 'the grace is over, what is left is aborted');
    pipeline.abort();
    inFlight.abort(new StoppingError('the bot is stopping'));
    await inFlight.idle({ deadlineMs: ABORTED_MS }).catch(() => undefined); // whoever waited for it is told
  }
}
