import type { Context } from '../../context.ts';
import { addEarned, type Earned } from '../../db/member-points.ts';
import { randomBelow } from '../../lib/random.ts';
import { roughTime } from '../../lib/snowflake.ts';
import type { Payload } from '../automod/payload.ts';
import type { AreaValue } from '../settings/areas.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';
import { Cooling } from './cooling.ts';
import { drawPoints, percentFor } from './earning.ts';

type Parts = Pick<Context, 'db' | 'discord' | 'inFlight' | 'log' | 'settings'>;

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
  readonly #sums: WaitingSums<Earned>;
  #dropped = 0;

  constructor(options: LevelsOptions) {
    const { db, log, everyMs } = options;
    this.#o = options;
    this.#sums = new WaitingSums({
      log,
      called: 'points',
      keyOf: ({ guild, member }) => `${guild} ${member}`,
      plus: (a, b) => ({ ...b, points: a.points + b.points, from: Math.min(a.from, b.from) }),
      store: (rows) => addEarned(db, rows),
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
    if (points > 0) this.#sums.add({ guild, member, points, from: at, next: until > at ? until : undefined });
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
