import { DiscordAPIError } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { t } from '../answers/words.ts';
import { Recent } from '../inspector/recent.ts';
import { channelRefusal } from '../timers/channel-refusal.ts';
import { hash, sendOnce } from '../timers/send-once.ts';
import type { Sending, Try } from './channel-queue.ts';
import { type Composed, type Composing, compose } from './compose.ts';
import type { Item } from './item.ts';
import { tellServerLog } from './server-log.ts';

export type SenderNeeds = Pick<
  Context,
  'discord' | 'gateway' | 'i18n' | 'inFlight' | 'log' | 'now' | 'settings' | 'workers'
>;

/** A message that tells of things of which it was not known who did them. */
interface Sent {
  readonly message: string;
  readonly composed: Composed;
  timer?: ReturnType<typeof setTimeout>;
}

const DEADLINE_MS = 60_000;
/** More who are known late come soon after one another. */
const CORRECT_AFTER_MS = 1_000;
const DAY_MS = 86_400_000;
const REFUSED = 400;

/** Writes what is told into channels, and corrects it when it becomes known who did something. */
export class Sender {
  readonly #context: SenderNeeds;
  readonly #told = new Recent();

  constructor(context: SenderNeeds) {
    this.#context = context;
  }

  /** Rejects where it may be tried again. */
  async send(channel: string, one: Try): Promise<Sending> {
    const { gateway, inFlight } = this.#context;
    const work = (signal: AbortSignal) => gateway.lanes.within('jobs', () => this.#send(channel, one, signal));
    return await inFlight.track('sending event logs', work, { deadlineMs: DEADLINE_MS });
  }

  async #send(channel: string, one: Try, signal: AbortSignal): Promise<Sending> {
    const { discord, workers, now } = this.#context;
    const [first] = one.items;
    const guild = first?.guild ?? '';
    const reader = await this.#readerOf(guild);
    const composing = { reader, dropped: one.dropped, workers };
    const composed = await compose(one.items, composing);
    const [from, to] = [composed.items[0], composed.items.at(-1)];
    if (!from || !to) return { kind: 'sent', items: one.items };
    const once = {
      nonce: hash(`log ${guild} ${from.place} ${to.place}`, 16),
      self: discord.user?.id ?? '',
      tried: one.since && { at: one.since.at, ms: performance.now() - one.since.began },
      signal,
    };
    const unknown = composed.asFile ? [] : composed.items.filter(nobodyKnown);
    try {
      const { id } = await sendOnce(discord.rest, channel, composed, once);
      this.#awaitActors({ message: id, composed }, unknown, channel, reader);
      return { kind: 'sent', items: composed.items };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      this.#context.log.warn(
        { error, channel, entries: composed.items.length },
        'a channel of event logs takes nothing',
      );
      if (refusal !== 'refused') await this.#tell(guild, channel, now());
      return { kind: refusal };
    }
  }

  async #readerOf(guild: string) {
    const { i18n, settings } = this.#context;
    const { language } = await settings.of(guild, 'general');
    return { i18n, locale: language };
  }

  /** The audit log may tell later who did what of these, or has done so while it was sent. */
  #awaitActors(sent: Sent, unknown: readonly Item[], channel: string, reader: Composing['reader']): void {
    for (const item of unknown) {
      item.onLate = () => {
        sent.timer ??= setTimeout(() => {
          delete sent.timer;
          this.#correct(sent, channel, reader);
        }, CORRECT_AFTER_MS);
        sent.timer.unref();
      };
      if (!nobodyKnown(item)) item.onLate();
    }
  }

  #correct({ message, composed: { items } }: Sent, channel: string, reader: Composing['reader']): void {
    const { discord, gateway, inFlight, log, workers } = this.#context;
    const work = async (signal: AbortSignal) => {
      const composing = { reader, dropped: 0, workers };
      const { body, items: fitting } = await compose(items, composing);
      if (fitting.length < items.length) return; // rather that nobody knows who did it than that something is not there any more
      await discord.rest.patch(Routes.channelMessage(channel, message), { body, signal });
    };
    inFlight
      .track('correcting event logs', (signal) => gateway.lanes.within('jobs', () => work(signal)), {
        deadlineMs: DEADLINE_MS,
      })
      .catch((error: unknown) => log.info({ error, channel }, 'an event log could not be corrected'));
  }

  /** Once a day, in the server's own log: that the log cannot be told either keeps nobody from anything. */
  async #tell(guild: string, channel: string, now: Date): Promise<void> {
    if (!this.#told.add(`${channel} ${Math.floor(now.getTime() / DAY_MS)}`)) return;
    try {
      await tellServerLog(this.#context, guild, {
        tone: 'warning',
        title: t('eventLogs.refused.title'),
        parts: [{ kind: 'text', text: t('eventLogs.refused.text', { channel: { markup: `<#${channel}>` } }) }],
        next: t('eventLogs.refused.next'),
      });
    } catch (error) {
      this.#context.log.info({ error, guild }, 'a server could not be told that a channel of event logs takes nothing');
    }
  }
}

function nobodyKnown({ entry }: Item): boolean {
  return entry?.actor === null;
}

/** What will be answered again, whoever asks; undefined for what may pass. */
function refusalOf(error: unknown): Exclude<Sending['kind'], 'sent'> | undefined {
  const refusal = channelRefusal(error);
  if (refusal !== undefined) return refusal === 'channelGone' ? 'channelGone' : 'closed';
  return error instanceof DiscordAPIError && error.status === REFUSED ? 'refused' : undefined;
}
