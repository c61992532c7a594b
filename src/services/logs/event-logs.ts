import { type Guild, type Invite, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../context.ts';
import { StoppingError } from '../../lib/errors.ts';
import type { Payload } from '../automod/payload.ts';
import { InvitesUsed } from '../joining/invites-used.ts';
import { textsMatching } from '../patterns/patterns.ts';
import { KEPT_HOURS } from '../settings/areas/events.ts';
import { type Actor, Actors } from './actors.ts';
import type { AuditEntry } from './audit-entry.ts';
import { draw } from './draw.ts';
import type { LogEntry, Made } from './entry.ts';
import { Item } from './item.ts';
import { KeptFiles } from './kept-files.ts';
import { KeptMessages, keptOf } from './kept-messages.ts';
import type { Knowledge, Making } from './kind.ts';
import { KIND_NAMES, KINDS, type KindName } from './kinds.ts';
import { KnownMembers } from './known-members.ts';
import { takeLeft } from './left-entries.ts';
import { Outbox } from './outbox.ts';
import type { Plan } from './plan.ts';
import { Plans } from './plans.ts';
import { Sender, type SenderNeeds } from './sender.ts';

export type EventLogsNeeds = SenderNeeds & Pick<Context, 'clock' | 'db' | 'inspector'>;

/** How long is waited for what, in milliseconds. */
export interface LogTimes {
  /** For the audit log to say who did something. */
  readonly actorMs: number;
  /** Between two messages of a channel: Discord takes five in five seconds. */
  readonly everyMs: number;
  /** For company, before entries are written down. */
  readonly storeMs: number;
}

const TIMES: LogTimes = { actorMs: 2_000, everyMs: 1_200, storeMs: 250 };
const LEFT_MS = 10 * 60_000;
const PLACES_PER_MS = 1_000;

/** Tells servers what happens in them, in the channels that they have chosen for it: in order, and nothing lost. */
export class EventLogs implements AsyncDisposable {
  /** By which invitations people come. */
  readonly invites: InvitesUsed;
  readonly #o: EventLogsNeeds;
  readonly #times: LogTimes;
  readonly #plans: Plans;
  readonly #actors: Actors;
  readonly #outbox: Outbox;
  readonly #files: KeptFiles;
  readonly #known: Knowledge & { readonly messages: KeptMessages };
  #lastPlace = 0;
  #stopped = false;

  constructor(needs: EventLogsNeeds, times: LogTimes = TIMES) {
    this.#o = needs;
    this.#times = times;
    const { db, discord: client, log, now, clock, settings } = needs;
    this.#plans = new Plans(settings, log);
    this.#actors = new Actors(clock);
    this.#files = new KeptFiles(needs);
    this.invites = new InvitesUsed(needs);
    this.#known = {
      invites: this.invites,
      client,
      db,
      now,
      messages: new KeptMessages({
        db,
        log,
        client,
        now,
        hoursOf: (guild) => this.#plans.peek(guild)?.value.keptHours ?? KEPT_HOURS.default,
      }),
      members: new KnownMembers(client),
    };
    const sender = new Sender(needs);
    this.#outbox = new Outbox({ ...times, db, log, now, send: (channel, one) => sender.send(channel, one) });
  }

  /** Sends what an earlier process has left, and then what has come meanwhile. */
  start(): void {
    const { inFlight, log } = this.#o;
    const work = async (signal: AbortSignal) => {
      const last = await takeLeft(this.#outbox, (item) => this.#draw(item), this.#o, signal);
      this.#lastPlace = Math.max(this.#lastPlace, last);
    };
    inFlight
      .track('event logs of an earlier process', work, { deadlineMs: LEFT_MS })
      .catch((error: unknown) => {
        if (!(error instanceof StoppingError))
          log.warn({ error }, 'event logs of an earlier process are left for the next');
      })
      .finally(() => this.#outbox.recovered());
    this.#lookAtInvites();
  }

  /** Something has happened in a server. `make` is asked only where somebody wants to be told of this kind. */
  heard(kind: KindName, guild: string, make: (known: Knowledge) => Making): void {
    const plan = this.#plans.peek(guild);
    if (plan === null || this.#stopped) return;
    if (plan?.channelOf(kind) === undefined && plan) return;
    const making = make(this.#known);
    if (plan) this.#takeAll(plan, kind, guild, making);
    else this.#plans.onceKnown(guild, (known) => this.#takeAll(known, kind, guild, making));
  }

  /** The audit log tells of something: who did what has happened, or that it has happened. */
  audited(guild: Guild, entry: AuditEntry): void {
    const plan = this.#plans.peek(guild.id);
    if (plan === null || this.#stopped) return;
    const one = this.#actors.heard(guild.id, entry);
    for (const kind of KIND_NAMES) {
      const { audit, auditAlone = false } = KINDS[kind];
      const make = audit?.[entry.action_type as number as keyof typeof audit];
      if (!make) continue;
      const take = () => this.heard(kind, guild.id, () => withActor(make(entry, guild), entry));
      const takeUnclaimed = () => {
        if (!one.claimed) take();
      };
      // What the audit log alone tells is told even where an event names who did it: a kick, and that somebody is gone.
      if (auditAlone) take();
      else if (!one.claimed) setTimeout(takeUnclaimed, this.#times.actorMs).unref();
    }
  }

  /** A message was written: what it says may be asked for when it is gone. */
  keep(payload: Payload): void {
    const { guild_id: guild } = payload;
    if (guild === undefined) return;
    const plan = this.#plans.peek(guild);
    if (plan === null) return;
    if (plan) this.#keep(plan, guild, payload);
    else this.#plans.onceKnown(guild, (known) => this.#keep(known, guild, payload));
  }

  /** Whether a server is told of messages, or may be: what discord.js knows of these and their authors is asked for, too. */
  watches(guild: string | undefined): boolean {
    const plan = guild === undefined ? null : this.#plans.peek(guild);
    return plan === undefined || plan?.keepsMessages === true;
  }

  /** Somebody has joined. */
  joined(
    guild: string,
    member: Parameters<KnownMembers['see']>[2] & { readonly user: Parameters<KnownMembers['see']>[1] },
  ): void {
    if (this.#plans.peek(guild)?.watchesMembers) this.#known.members.see(guild, member.user, member);
  }

  /** An invitation was made. */
  async invited({ guild, code, maxUses, maxAge, createdTimestamp, inviterId }: Invite): Promise<void> {
    if (!guild) return;
    const expiresAt = maxAge && createdTimestamp ? createdTimestamp + maxAge * 1_000 : null;
    await this.invites.made(guild.id, code, { uses: 0, maxUses: maxUses ?? 0, expiresAt, by: inviterId ?? undefined });
  }

  /** Takes nothing more; what is on its way is written down and left to the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#outbox[Symbol.asyncDispose](), this.#known.messages[Symbol.asyncDispose]()]);
  }

  /** Whether a server is told of who joins, as far as that is known at once. */
  tellsOfJoins(guild: string): boolean {
    return this.#plans.peek(guild)?.channelOf('member-join') !== undefined;
  }

  /** Behind all that people wait for: the first who joins is told of with how they came. */
  #lookAtInvites(): void {
    const { discord, inFlight, log } = this.#o;
    const guilds = [...discord.guilds.cache.values()].filter(({ id }) => this.tellsOfJoins(id));
    const work = async (signal: AbortSignal) => {
      for (const guild of guilds) {
        signal.throwIfAborted();
        await this.invites.begin(guild).catch((error: unknown) => {
          log.info({ error, guild: guild.id }, 'the invitations of a server could not be looked at');
        });
      }
    };
    inFlight.track('looking at invitations', work, { deadlineMs: LEFT_MS }).catch((error: unknown) => {
      if (!(error instanceof StoppingError)) log.info({ error }, 'not all invitations were looked at');
    });
  }

  #keep(plan: Plan, guild: string, payload: Payload): void {
    const { author, member, channel_id: channel, id } = payload;
    if (plan.watchesMembers && member) this.#known.members.see(guild, author, member);
    if (!plan.keepsMessages || author.id === this.#o.discord.user?.id) return;
    const about = { user: author.id, bot: author.bot, roles: member?.roles, channel };
    if (plan.excludes(about, this.#o.discord)) return;
    this.#known.messages.written(guild, id, keptOf(payload), plan.value.keptHours);
  }

  #takeAll(plan: Plan, kind: KindName, guild: string, making: Making): void {
    const channel = plan.channelOf(kind);
    if (channel === undefined || making === undefined) return;
    const place = { plan, kind, guild, channel };
    if (making instanceof Promise) this.#takeLater(place, making);
    else for (const made of [making].flat()) this.#take(place, made, this.#itemAt(place));
  }

  /** Something has to be looked up for it. It takes its place now, so that what comes meanwhile stands behind it. */
  #takeLater(place: Place, making: Promise<Made | undefined>): void {
    const item = this.#itemAt(place);
    if (!item) return;
    making.then(
      (made) => (made ? this.#take(place, made, item) : this.#outbox.leaveOut(item)),
      (error: unknown) => {
        this.#o.log.error({ error, kind: place.kind }, 'an entry of an event log could not be made');
        this.#outbox.leaveOut(item);
      },
    );
  }

  #itemAt({ guild, channel }: Place): Item | undefined {
    const at = this.#o.now().getTime();
    this.#lastPlace = Math.max(this.#lastPlace + 1, at * PLACES_PER_MS);
    const item = new Item({ guild, channel, place: this.#lastPlace, at });
    return this.#outbox.push(item) ? item : undefined;
  }

  #take(place: Place, made: Made, item: Item | undefined): void {
    if (!item) return;
    const { plan, kind, guild } = place;
    if (plan.excludes(made.about, this.#o.discord)) {
      this.#outbox.leaveOut(item);
      return;
    }
    const { about: _, audit, actor, files, ...told } = made;
    const asked = audit !== undefined && actor === undefined;
    const entry: LogEntry = {
      ...told,
      kind,
      at: item.at,
      ...(files && plan.value.keepFiles && { files }),
      ...(actor !== undefined && { actor }),
      ...(asked && { actor: null }),
    };
    const { exemptPattern: source } = plan.value;
    const text = made.after ?? made.before;
    if (source !== undefined && text !== undefined)
      void this.#unlessMatching(source, text, item, () => this.#begin(item, entry));
    else this.#begin(item, entry);
    if (asked) this.#ask(guild, audit, item);
  }

  /** What cannot be held against a pattern in time is told. */
  async #unlessMatching(source: string, text: string, item: Item, begin: () => void): Promise<void> {
    try {
      const matching = await textsMatching(this.#o.workers, { source, ignoreCase: true }, [text]);
      if (matching.size > 0) {
        this.#outbox.leaveOut(item);
        return;
      }
    } catch (error) {
      this.#o.log.warn({ error }, 'an entry of an event log could not be held against a pattern');
    }
    begin();
  }

  #begin(item: Item, entry: LogEntry): void {
    item.entry = item.entry?.actor ? { ...entry, actor: item.entry.actor } : entry;
    item.patience = performance.now() + this.#patienceFor(item.guild);
    this.#outbox.store(item);
    this.#draw(item);
  }

  #draw(item: Item): void {
    draw(item, { ...this.#o, keptFiles: this.#files }, () => this.#outbox.changed(item));
  }

  /** Where the bot cannot see the audit log nobody will say anything. */
  #patienceFor(guild: string): number {
    const me = this.#o.discord.guilds.cache.get(guild)?.members.me;
    return me?.permissions.has(PermissionFlagsBits.ViewAuditLog) ? this.#times.actorMs : 0;
  }

  #ask(guild: string, keys: readonly string[], item: Item): void {
    const tell = ({ id, reason }: Actor) => {
      if (!item.entry || id === null) return;
      item.entry = { ...item.entry, actor: id, ...(reason !== undefined && { reason }) };
      this.#outbox.changed(item);
      item.onLate?.();
    };
    this.#actors.await(guild, { keys, at: item.at, tell });
  }
}

interface Place {
  readonly plan: Plan;
  readonly kind: KindName;
  readonly guild: string;
  readonly channel: string;
}

function withActor(made: Made | undefined, { user_id: actor, reason }: AuditEntry): Made | undefined {
  return made && { ...made, actor: actor ?? undefined, ...(reason !== undefined && { reason }) };
}
