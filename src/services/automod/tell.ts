import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { addAlertCases } from '../../db/automod-alert-cases.ts';
import { alertsOf, insertAlert, type NewAlert, type Span } from '../../db/automod-alerts.ts';
import { insertReply } from '../../db/automod-replies.ts';
import type { Within } from '../../db/connect.ts';
import type { NewTimer } from '../timers/timers.ts';
import type { Flood } from './flood.ts';
import type { Culprit } from './orders.ts';
import type { Plan } from './plan.ts';
import { replyTimer } from './reply.ts';

/** Where a server is told of what. */
export interface Places {
  readonly alerts: string | undefined;
  readonly log: string | undefined;
}

/** What is told of a message besides what a culprit is. */
export interface Told {
  readonly spans: readonly Span[];
  readonly files: readonly string[];
  /** What was found beside the text: in embeds, in what is forwarded. */
  readonly found: readonly string[];
  /** By which its cases are known. */
  readonly group: string;
  /** Whether the rules only say what they would have done. */
  readonly observed: boolean;
  /** How much was not told before this, since there was too much of it. */
  readonly untold: number;
}

/** Where each server tells of its rules: their own channels, else the log. */
export async function placesOf(guild: string, { settings }: Pick<Context, 'settings'>): Promise<Places> {
  const [own, { logChannel }] = await Promise.all([settings.of(guild, 'automod'), settings.of(guild, 'logs')]);
  return { alerts: own.alertChannel ?? logChannel, log: own.logChannel ?? logChannel };
}

/** Has moderators be told, in each channel once; where an alert stands nothing is logged besides. */
export async function tellModerators(
  within: Within,
  culprit: Culprit,
  plan: Plan,
  told: Told,
  places: Places,
  context: Pick<Context, 'discord' | 'timers' | 'now'>,
): Promise<void> {
  // A rule that was written for another server may name a channel of that one.
  const own = context.discord.guilds.cache.get(culprit.guild)?.channels.cache;
  const alerts = told.observed
    ? []
    : plan.alerts.map((channel) => (channel && own?.has(channel) ? channel : places.alerts));
  const where = new Map<string, boolean>();
  for (const place of alerts) if (place) where.set(place, true);
  const logs = told.observed || plan.logs;
  if (logs && places.log && !where.has(places.log)) where.set(places.log, false);
  for (const [place, buttons] of where) {
    const alert = alertOf(culprit, plan, told, { place, buttons, at: context.now() });
    await insertAlert(within.tx, alert);
    await context.timers.addWithin(within, alertTimer(alert, context.now()));
  }
}

function alertOf(
  { guild, channel, message, author, username, text = '', copies, person }: Culprit,
  { rules, names }: Plan,
  { spans, files, found, group, observed, untold }: Told,
  { place, buttons, at }: { readonly place: string; readonly buttons: boolean; readonly at: Date },
): NewAlert {
  return {
    ...{ id: crypto.randomUUID(), guild, channel, message, author, authorName: username },
    ...{ text, spans, files, found, copies, untold, group, webhook: !person, place, buttons, madeAt: at },
    rules: rules.map(({ name }) => ({ name, observed })),
    did: names.filter((name) => name !== 'alert' && name !== 'log'),
  };
}

/** So long what was told of a flood waits for more of it before it is brought up to date. */
const FRESHEN_MS = 10_000;

/** What rules have led to, for whoever is told of it: also by what comes later of the same flood. */
export async function keepCases(
  { tx, notify }: Within,
  {
    group,
    guild,
    numbers,
    flood,
  }: {
    readonly group: string;
    readonly guild: string;
    readonly numbers: readonly number[];
    readonly flood: Flood | undefined;
  },
  { timers, now }: Pick<Context, 'timers' | 'now'>,
): Promise<void> {
  if (numbers.length === 0) return;
  const at = now();
  await addAlertCases(tx, { group, guild, numbers }, at);
  if (!flood || flood.freshAt > at.getTime()) return;
  flood.freshAt = at.getTime() + FRESHEN_MS;
  for (const alert of await alertsOf(tx, group)) {
    await timers.addWithin({ tx, notify }, alertTimer(alert, new Date(flood.freshAt)));
  }
}

/** Brings what moderators are told up to date. */
export function alertTimer(
  { id, guild, author, place }: Pick<NewAlert, 'id' | 'guild' | 'author' | 'place'>,
  due: Date,
): NewTimer {
  const payload: JSONValue = { alert: id };
  return { kind: 'automod-alert', owner: author, guild, channel: place, payload, due, zone: 'UTC' };
}

/** Has a message be answered as rules want it. */
export async function answer(
  within: Within,
  { guild, channel, message, author }: Culprit,
  plan: Plan,
  { timers, now }: Pick<Context, 'timers' | 'now'>,
): Promise<void> {
  for (const { rule, words, deleteAfter = null } of plan.replies) {
    const deleted = plan.removes !== 'nothing';
    const reply = { guild, channel, message, author, rule: rule.id, words, deleted, deleteAfter };
    await insertReply(within.tx, reply, now());
    await timers.addWithin(within, replyTimer(reply, now(), false));
  }
}
