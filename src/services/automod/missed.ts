import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { ALL_CHANNELS } from '../../db/seen-messages.ts';
import { delay } from '../../lib/deadline.ts';
import { StoppingError } from '../../lib/errors.ts';
import { isLater, later } from '../../lib/snowflake.ts';
import type { Pipeline } from './pipeline.ts';
import { type Gap, type Read, readMissed } from './read-missed.ts';
import type { RuleSource } from './rule-source.ts';
import type { Seen } from './seen.ts';

type Parts = 'discord' | 'gateway' | 'inFlight' | 'log' | 'metrics' | 'config';

export interface MissedOptions extends Pick<Context, Parts> {
  readonly rules: RuleSource;
  readonly seen: Seen;
  readonly pipeline: Pipeline;
  /** How long it waits after something failed. Milliseconds. */
  readonly pauseMs?: number;
}

/** A server whose session began anew: its channels' last messages by then, and what had been heard last in them. */
interface Returned {
  readonly guild: Guild;
  readonly last: readonly Gap[];
  readonly heard: ReadonlyMap<string, string>;
  /** What is left to be read, once that is known. */
  gaps: Gap[] | undefined;
}

/** What has come of catching up since the start. */
export interface MissedStats {
  readonly messages: number;
  /** Channels in which more was missed than could be read. */
  readonly channelsCutShort: number;
  /** Whether it is still going on. */
  readonly reading: boolean;
}

const DEADLINE_MS = 30 * 60_000;
const FORGET_MS = 60_000;
const PAUSE_MS = 2_000;
const NOTHING = '0';

/** Finds out what was written while the bot was away, and has it judged: servers with rules alone, one after another. */
export class MissedMessages {
  readonly #o: MissedOptions;
  readonly #returned: Returned[] = [];
  #reading = false;
  #messages = 0;
  #channelsCutShort = 0;

  constructor(options: MissedOptions) {
    this.#o = options;
  }

  stats(): MissedStats {
    return { messages: this.#messages, channelsCutShort: this.#channelsCutShort, reading: this.#reading };
  }

  /** A server is there, or there again. What comes from now on is heard; what came before is read by and by. */
  look(guild: Guild): void {
    const { rules, seen, inFlight, gateway, log } = this.#o;
    if (rules.peek(guild.id) === null && !seen.watches(guild.id)) return;
    this.#returned.push({ guild, last: lastOf(guild), heard: seen.hold(guild.id), gaps: undefined });
    if (this.#reading) return;
    this.#reading = true;
    const all = (signal: AbortSignal) => gateway.lanes.within('jobs', () => this.#readAll(signal));
    inFlight
      .track('reading missed messages', all, { deadlineMs: DEADLINE_MS })
      .catch((error: unknown) => log.warn({ error }, 'what was written meanwhile is not all read'))
      .finally(() => {
        this.#reading = false;
      });
  }

  /** Looks at the servers that were there before anybody could hear of it; to be called as soon as somebody can. */
  lookAround(): void {
    for (const guild of this.#o.discord.guilds.cache.values()) if (guild.available) this.look(guild);
  }

  /** Of these servers those that have no rules begin anew when they have some: what was seen before does not count. */
  forgetWithoutRules(guilds: readonly string[]): void {
    const { rules, seen, inFlight, log } = this.#o;
    const bare = guilds.filter((guild) => rules.peek(guild) === null);
    const work = () => seen.forget(bare);
    inFlight.track('forgetting what was seen', work, { deadlineMs: FORGET_MS }).catch((error: unknown) => {
      log.warn({ error }, 'what was seen of servers without rules could not be forgotten');
    });
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    const budget = { left: this.#o.config.MISSED_MESSAGES };
    for (let one = this.#returned[0]; one; one = this.#returned[0]) {
      try {
        await this.#catchUp(one, budget, signal);
      } catch (error) {
        if (signal.reason instanceof StoppingError) throw error; // the next process reads it
        await this.#failed(one, error, signal);
        continue;
      }
      this.#returned.shift();
    }
  }

  /** It is tried again behind the others, until there is no time left; what is out of reach then is counted. */
  async #failed(one: Returned, error: unknown, signal: AbortSignal): Promise<void> {
    const { log, seen, pauseMs = PAUSE_MS } = this.#o;
    const guild = one.guild.id;
    this.#returned.shift();
    if (!signal.aborted) {
      log.debug({ error, guild }, 'what was written in a server meanwhile is read later');
      this.#returned.push(one);
      await delay(pauseMs, { signal }).catch(() => undefined);
      return;
    }
    log.warn({ error, guild }, 'what was written in a server meanwhile is out of reach');
    if (!one.gaps) {
      seen.open(guild, []);
      this.#cutShort();
    }
    for (const gap of one.gaps ?? []) this.#close(one, gap, { messages: 0, complete: false });
  }

  async #catchUp(one: Returned, budget: { left: number }, signal: AbortSignal): Promise<void> {
    const { rules, seen } = this.#o;
    const { guild, last } = one;
    signal.throwIfAborted();
    if ((await rules.of(guild.id)) === null) return seen.forget([guild.id]);
    const newest = last.reduce((so, { upTo }) => later(so, upTo), NOTHING);
    one.gaps ??= await this.#gapsOf(one, newest);
    for (let gap = one.gaps[0]; gap; gap = one.gaps[0]) {
      const read = await readMissed({ guild, gap, budget, signal }, this.#o);
      one.gaps.shift();
      this.#close(one, gap, read);
    }
    await seen.settle(guild.id, newest);
  }

  async #gapsOf({ guild, last, heard }: Returned, newest: string): Promise<Gap[]> {
    const { seen } = this.#o;
    const stored = await seen.stored(guild.id);
    const gaps = gapsAmong(last, stored, heard);
    if (stored.size === 0 && heard.size === 0) await seen.beginAt(guild.id, newest);
    const channels = gaps.map(({ channel }) => channel);
    seen.open(guild.id, channels);
    return gaps;
  }

  #close({ guild }: Returned, { channel, upTo }: Gap, { messages, complete }: Read): void {
    const { log, metrics, seen } = this.#o;
    seen.closed(guild.id, channel, upTo);
    log.info({ guild: guild.id, channel, messages, complete }, 'what was missed in a channel was read');
    this.#messages += messages;
    metrics.messagesCaughtUp.inc({}, messages);
    if (!complete) this.#cutShort();
  }

  #cutShort(): void {
    this.#channelsCutShort += 1;
    this.#o.metrics.channelsCutShort.inc({});
  }
}

/** The channels that people write in, with their last message; of those that had none nothing can be missed. */
function lastOf(guild: Guild): readonly Gap[] {
  return guild.channels.cache
    .filter((channel) => channel.isTextBased())
    .map(({ id, lastMessageId }) => ({ channel: id, upTo: lastMessageId ?? NOTHING, after: NOTHING }))
    .filter(({ upTo }) => upTo !== NOTHING);
}

/** Where something was written that was not seen, the newest first. */
function gapsAmong(
  last: readonly Gap[],
  stored: ReadonlyMap<string, string>,
  heard: ReadonlyMap<string, string>,
): Gap[] {
  const floor = stored.get(ALL_CHANNELS);
  if (floor === undefined && heard.size === 0) return [];
  return last
    .map(({ channel, upTo }) => {
      const known = [stored.get(channel), heard.get(channel), floor].filter((id) => id !== undefined);
      return { channel, upTo, after: known.reduce(later, NOTHING) };
    })
    .filter(({ upTo, after }) => isLater(upTo, after))
    .sort((a, b) => (isLater(b.upTo, a.upTo) ? 1 : -1));
}
