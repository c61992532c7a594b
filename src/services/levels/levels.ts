import type { Context } from '../../context.ts';
import { addEarned, changePoints, type Earned } from '../../db/member-points.ts';
import { unlessOptedOut } from '../../db/opt-outs.ts';
import { randomBelow } from '../../lib/random.ts';
import { roughTime } from '../../lib/snowflake.ts';
import type { Payload } from '../automod/payload.ts';
import type { AreaValue } from '../settings/areas.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';
import { Cooling } from './cooling.ts';
import { levelOf } from './curve.ts';
import { drawPoints, percentFor } from './earning.ts';
import { ordersFor, rolesOrder } from './orders.ts';

type Parts = Pick<Context, 'database' | 'discord' | 'inFlight' | 'log' | 'now' | 'settings' | 'timers'>;

/** Points that wait, with the channel in which the last of them were earned. */
type Waiting = Earned & { readonly channel: string };

/** What of a message its author's points go by. */
export type Written = Pick<Payload, 'id' | 'channel_id' | 'webhook_id' | 'member'> & {
  readonly author: { readonly id: string; readonly bot?: boolean | undefined };
};

interface LevelsOptions extends Parts {
  /** How long points wait at most before they are stored. Milliseconds. */
  readonly everyMs?: number;
  /** Draws a whole number from 0 up to, not including, what it is given. */
  readonly below?: (limit: number) => number;
}

const MOST_WAITING = 50_000;
const MS_PER_SECOND = 1_000;

/** Gives members points for what they write, where the server wants that, and stores them in batches. */
export class Levels implements AsyncDisposable {
  readonly #o: LevelsOptions;
  readonly #cooling = new Cooling();
  readonly #sums: WaitingSums<Waiting>;
  #dropped = 0;

  constructor(options: LevelsOptions) {
    const { log, everyMs } = options;
    this.#o = options;
    this.#sums = new WaitingSums({
      log,
      called: 'points',
      keyOf: ({ guild, member }) => `${guild} ${member}`,
      plus: (a, b) => ({ ...b, points: a.points + b.points, from: Math.min(a.from, b.from) }),
      store: (rows) => this.#store(rows),
      most: MOST_WAITING,
      onDropped: () => this.#drop(),
      everyMs,
    });
  }

  /** Somebody has written something. Cheap: most servers want nothing of it, and most messages come too soon after another. */
  heard(message: Written, guild: string): void {
    if (message.webhook_id !== undefined || message.author.bot === true) return;
    const wanted = this.#o.settings.peek(guild, 'levels');
    if (wanted) this.#earn(message, guild, wanted);
    else this.#learn(message, guild);
  }

  /** Changes somebody's points by hand; roles follow their level, and nobody is told. */
  async change(
    guild: string,
    member: string,
    change: { readonly by: number } | { readonly to: number },
  ): Promise<{ readonly before: number; readonly after: number }> {
    const { database, now, settings, timers } = this.#o;
    const { rewards } = await settings.of(guild, 'levels');
    return await database.begin(async (tx, notify) => {
      const changed = await changePoints(tx, { guild, member }, change);
      const [was, is] = [levelOf(changed.before), levelOf(changed.after)];
      if (was !== is && Object.keys(rewards).length > 0)
        await timers.addWithin({ tx, notify }, rolesOrder({ guild, member, at: now(), fell: is < was }));
      return changed;
    });
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    return this.#sums.flush();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sums[Symbol.asyncDispose]();
  }

  #earn(message: Written, guild: string, wanted: AreaValue<'levels'>): void {
    if (!wanted.on) return;
    const percent = percentFor(message, wanted, this.#o.discord);
    if (percent === 0) return;
    const member = message.author.id;
    const at = roughTime(message.id);
    const until = at + wanted.cooldownSeconds * MS_PER_SECOND;
    if (until > at && !this.#cooling.enter(guild, member, { at, until })) return;
    const points = Math.round((drawPoints(wanted, this.#o.below ?? randomBelow) * percent) / 100);
    if (points > 0) {
      const next = until > at ? until : undefined;
      this.#sums.add({ guild, member, points, from: at, next, channel: message.channel_id });
    }
  }

  /** What follows from a level is written with the points that make it, so that it is done once, whatever happens. */
  async #store(rows: readonly Waiting[]): Promise<void> {
    const { database, now, settings, timers } = this.#o;
    // Before the transaction: on the embedded database nothing else is answered within one.
    const guilds = [...new Set(rows.map(({ guild }) => guild))];
    const wanted = new Map(
      await Promise.all(guilds.map(async (guild) => [guild, await settings.of(guild, 'levels')] as const)),
    );
    const earned = new Map(rows.map((row) => [`${row.guild} ${row.member}`, row]));
    await database.begin(async (tx, notify) => {
      const willing = await unlessOptedOut(tx, 'levels', rows);
      if (willing.length === 0) return;
      for (const { guild, member, points } of await addEarned(tx, willing)) {
        const row = earned.get(`${guild} ${member}`);
        const own = wanted.get(guild);
        const level = levelOf(points);
        if (!row || !own || levelOf(points - row.points) === level) continue;
        for (const order of ordersFor({ guild, member, level, channel: row.channel, at: now() }, own))
          await timers.addWithin({ tx, notify }, order);
      }
    });
  }

  /** The first message after a start, or after a change of the settings. */
  #learn(message: Written, guild: string): void {
    const { inFlight, log, settings } = this.#o;
    inFlight
      .track('points of a message', async () => this.#earn(message, guild, await settings.of(guild, 'levels')))
      .catch((error: unknown) => log.debug({ error, guild }, 'a message earns no points'));
  }

  #drop(): void {
    if (this.#dropped === 0) this.#o.log.warn('too many points wait for the database; the rest is not counted');
    this.#dropped += 1;
  }
}
