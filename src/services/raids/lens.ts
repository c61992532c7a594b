import type { GatewayGuildMemberAddDispatchData } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import { type Alike, growRaid, type Raider, raidersOf, raidsSince } from '../../db/raids.ts';
import { delay } from '../../lib/deadline.ts';
import { StoppingError } from '../../lib/errors.ts';
import { Mutexes } from '../../lib/mutex.ts';
import { guardTimer } from './guard.ts';
import { raidTimer } from './timer.ts';
import { JoinWindow, KEPT_MS } from './window.ts';

type Needs = Pick<Context, 'database' | 'db' | 'inFlight' | 'log' | 'now' | 'settings' | 'timers' | 'workers'>;

/** Whoever comes while a thread looks waits so long at most for the next look. */
const PAUSE_MS = 250;
/** The message is brought up to date so often at most. */
const TOLD_EVERY_MS = 3_000;
const AGAIN_MS = 2_000;
const MOST_KNOWN = 1_000;
/** After so many looks that failed for another reason than the database the next join has to come. */
const MOST_FAILURES = 10;
/** For a thousand names on a machine that is busy. */
const LOOK_MS = 10_000;

interface Server {
  readonly window: JoinWindow;
  looking: boolean;
  /** Somebody has joined since the last look. */
  changed: boolean;
  /** When a message is next brought up to date, by raid. */
  readonly told: Map<string, number>;
}

/** Sees raids: many who join together and are alike. What they have in common is found by a thread. */
export class RaidLens {
  /** Of what is told of each raid. */
  readonly turns = new Mutexes();
  readonly #needs: Needs;
  readonly #servers = new Map<string, Server>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Somebody has joined. Bots are added by those who run a server. */
  came({ guild_id: guild, user, joined_at: joined }: GatewayGuildMemberAddDispatchData): void {
    const { inFlight, now, settings, log } = this.#needs;
    const wanted = settings.peek(guild, 'raids');
    if (user.bot || inFlight.stopping || wanted?.on === false) return;
    const at = Date.parse(joined ?? '');
    const { id, username: name, global_name: shown, avatar } = user;
    const server = this.#serverOf(guild);
    const one = { id, name: name.toWellFormed(), shown: (shown ?? '').toWellFormed(), avatar: avatar ?? '' };
    server.window.add({ ...one, joinedAt: Number.isNaN(at) ? now() : new Date(at) });
    if (wanted && !server.window.isBusy(wanted.joins, wanted.seconds * 1_000)) return;
    server.changed = true;
    if (server.looking) return;
    server.looking = true;
    inFlight
      .track('looking for a raid', (signal) => this.#look(guild, server, signal))
      .catch((error: unknown) => {
        if (!(error instanceof StoppingError)) log.warn({ error, guild }, 'it is not known whether there is a raid');
      })
      .finally(() => {
        server.looking = false;
      });
  }

  #serverOf(guild: string): Server {
    const known = this.#servers.get(guild);
    if (known) return known;
    const made = { window: new JoinWindow(), looking: false, changed: false, told: new Map<string, number>() };
    this.#servers.set(guild, made);
    return made;
  }

  async #look(guild: string, server: Server, signal: AbortSignal): Promise<void> {
    const { log } = this.#needs;
    let failed = 0;
    while (server.changed && !this.#needs.inFlight.stopping) {
      server.changed = false;
      try {
        await this.#lookOnce(guild, server, signal);
        if (server.changed) await delay(PAUSE_MS, { signal });
      } catch (error) {
        // A thread that was too busy, too, is asked again: nobody else may join who would have it looked at.
        if (signal.aborted || (!databaseError(error) && ++failed > MOST_FAILURES)) throw error;
        log.debug({ error, guild }, 'a look for a raid failed and is tried again');
        server.changed = true;
        await delay(AGAIN_MS, { signal });
      }
    }
  }

  async #lookOnce(guild: string, { window, told }: Server, signal: AbortSignal): Promise<void> {
    const { settings, workers } = this.#needs;
    const noted = window.list();
    const wanted = await settings.of(guild, 'raids');
    const withinMs = wanted.seconds * 1_000;
    if (!wanted.on) return window.forget(noted);
    if (!window.isBusy(wanted.joins, withinMs)) return;
    if (!window.known) await this.#remember(guild, window);
    const all = window.list();
    const joins = all.map(({ joinedAt, ...one }) => ({ ...one, at: joinedAt.getTime() }));
    const clusters = await workers.offload(
      'clusterJoins',
      { joins, least: wanted.joins, withinMs },
      { signal, deadlineMs: LOOK_MS },
    );
    for (const { members: places, ...alike } of clusters) {
      const members = places.flatMap((place) => all[place] ?? []);
      await this.#grow(guild, { window, told }, members, alike, wanted.guard !== 'nothing');
    }
  }

  /** What another process has seen of a raid that goes on is one with it. */
  async #remember(guild: string, window: JoinWindow): Promise<void> {
    const { db, now } = this.#needs;
    const raids = await raidsSince(db, guild, new Date(now().getTime() - KEPT_MS));
    const since = window.list();
    for (const { id } of raids) {
      const members = await raidersOf(db, id, MOST_KNOWN);
      for (const one of members) window.add(one);
      window.belong(id, members);
    }
    for (const one of since) window.add(one);
    window.known = true;
  }

  async #grow(
    guild: string,
    { window, told }: Pick<Server, 'window' | 'told'>,
    members: readonly Raider[],
    alike: Alike,
    guarded: boolean,
  ): Promise<void> {
    const { database, now, timers, log } = this.#needs;
    const fresh = window.unknownOf(members);
    if (fresh.length === 0) return;
    const known = window.raidAmong(members);
    const id = known ?? crypto.randomUUID();
    const at = now().getTime();
    const next = told.get(id) ?? 0;
    const due = Math.max(at, next === 0 ? at : next + TOLD_EVERY_MS);
    await database.begin(async (tx, notify) => {
      await growRaid(tx, { id, guild }, alike, fresh);
      if (guarded && known === undefined) await timers.addWithin({ tx, notify }, guardTimer({ id, guild }, now()));
      // What is told is as it stands then: whoever comes before that is told of with it.
      if (next <= at) await timers.addWithin({ tx, notify }, raidTimer({ id, guild }, new Date(due)));
    });
    if (next <= at) told.set(id, due);
    window.belong(id, fresh);
    if (known === undefined) log.info({ guild, raid: id, members: fresh.length }, 'a raid is seen');
  }
}
