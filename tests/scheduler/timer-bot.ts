import { Type } from '@sinclair/typebox';
import { REST } from 'discord.js';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import type { Database } from '../../src/db/connect.ts';
import type { ClaimedTimer } from '../../src/db/timer-claims.ts';
import { createI18n } from '../../src/lib/i18n.ts';
import { InFlight } from '../../src/lib/in-flight.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { SharedClock } from '../../src/lib/shared-clock.ts';
import { defineTimer, type TimerKind } from '../../src/scheduler/timer.ts';
import type { Ending } from '../../src/scheduler/timer-delivery.ts';
import { TimerEngine, type TimerEngineOptions, type TimerNeeds } from '../../src/scheduler/timer-engine.ts';
import { openSettings } from '../../src/services/settings/settings.ts';
import { openTimerService, POLL_MS, type Timers } from '../../src/services/timers/timers.ts';
import { silent } from '../database.ts';
import { START } from './bot.ts';
import { FakeTime } from './fake-time.ts';
import { Inbox } from './inbox.ts';

export type Kinds = Readonly<Record<string, TimerKind<TimerNeeds>>>;
export type Tried = Ending & { readonly timer: ClaimedTimer };

/** As much of a bot as its timers need, with a clock that the test moves. */
export interface TimerBot extends AsyncDisposable {
  readonly time: FakeTime;
  readonly timers: Timers;
  readonly engine: TimerEngine<TimerNeeds>;
  readonly context: TimerNeeds;
  /** How each try ended, once it is written. */
  readonly tried: Inbox<Tried>;
}

/** Says the text of its payload in its channel, and whether it is late. */
export function note(missed: TimerKind['missed'] = 'late'): TimerKind<TimerNeeds> {
  return defineTimer<ReturnType<typeof noteSchema>, TimerNeeds>({
    payload: noteSchema(),
    missed,
    deadlineMs: 30_000,
    async deliver({ payload, channel = '', late, missed: more, send }) {
      await send(channel, { body: { content: `${payload.text}${late ? ' late' : ''}${more > 0 ? ` +${more}` : ''}` } });
      return { kind: 'done' };
    },
  });
}

function noteSchema() {
  return Type.Object({ text: Type.String() });
}

export async function startTimerBot(
  database: Database,
  discord: Sandbox,
  {
    kinds = { note: note() },
    time = new FakeTime(START),
    clock = new SharedClock({ now: time.now }),
    ...options
  }: TimerEngineOptions & { kinds?: Kinds; time?: FakeTime; clock?: SharedClock } = {},
): Promise<TimerBot> {
  await using opened = new AsyncDisposableStack();
  const { now } = clock;
  const rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token);
  opened.defer(() => {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  });
  const settings = opened.use(await openSettings({ database, log: silent }));
  const timers = opened.use(await openTimerService({ database, now }));
  const tried = new Inbox<Tried>();
  const engine = new TimerEngine<TimerNeeds>(kinds, {
    sleep: time.sleep,
    random: () => 1,
    onTried: (timer, ending) => tried.put({ ...ending, timer }),
    ...options,
  });
  const context: TimerNeeds = {
    ...{ log: silent, now, sharedClock: clock, database, timers, settings },
    inFlight: new InFlight({ now }),
    metrics: createMetrics(),
    discord: { rest, user: { id: discord.state.bot.id } },
    i18n: createI18n(),
  };
  opened.defer(() => {
    // A clock may be set meanwhile, and a longer sleep would not know.
    if (time.longestMs > POLL_MS) throw new Error(`the timers slept for ${time.longestMs} ms`);
  });
  opened.use(engine);
  engine.start(context);
  const owned = opened.move();
  return { time, timers, engine, context, tried, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** What the bot has written in a channel, oldest first. */
export function said(discord: Sandbox, channel = discord.channels.general ?? ''): readonly string[] {
  return discord.state.messages
    .list(channel, { limit: 10_000 })
    .filter(({ author }) => author.id === discord.state.bot.id)
    .map(({ content }) => content)
    .reverse();
}
