import type { ISql } from 'postgres';
import type { Tx } from './connect.ts';

/** `[from, to)` in UTF-16 units. */
export type Span = readonly [number, number];

/** What moderators can do about a message by an alert's buttons. */
export type AlertDeed = 'pardon' | 'delete' | 'timeout' | 'ban' | 'trust' | 'untrust';

export interface NewAlert {
  readonly id: string;
  readonly guild: string;
  readonly channel: string;
  readonly message: string;
  readonly author: string;
  readonly authorName: string;
  readonly rules: readonly { readonly name: string; readonly observed: boolean }[];
  /** What was written, without secrets, and where in it the rules found something. */
  readonly text: string;
  readonly spans: readonly Span[];
  /** Names of what was attached, without secrets. */
  readonly files: readonly string[];
  /** What rules found beside the text, without secrets. */
  readonly found: readonly string[];
  /** What the rules did, by the names of actions; or would have, where all of them only observe. */
  readonly did: readonly string[];
  /** Messages that belong to a flood; 1 for none. */
  readonly copies: number;
  /** How much was not told before this, since there was too much of it. */
  readonly untold: number;
  /** What it is about: a message or a flood, by which its cases are known. */
  readonly group: string;
  /** Whether no member wrote it: it came over a webhook. */
  readonly webhook: boolean;
  /** Whether moderators can do something by it. */
  readonly buttons: boolean;
  /** The channel where it is told. */
  readonly place: string;
  readonly madeAt: Date;
}

export interface Alert extends NewAlert {
  /** The message that tells of it; null while there is none. */
  readonly posted: string | null;
  /** How much was done by its buttons. */
  readonly turn: number;
  /** What the rules have led to, by number. */
  readonly cases: readonly { readonly number: number; readonly pardoned: boolean }[];
}

export interface DoneByButton {
  readonly what: AlertDeed;
  readonly by: string;
  readonly at: Date;
}

function columns(db: ISql) {
  return db`
    id::text as id, guild_id::text as guild, channel_id::text as channel, message_id::text as message,
    author_id::text as author, author_name as "authorName", rules, text, spans, files, found, did, copies, untold,
    group_id::text as group, webhook, buttons, place_id::text as place, posted_id::text as posted, turn, made_at as "madeAt",
    (
      select coalesce(json_agg(json_build_object('number', number, 'pardoned', pardoned) order by number), '[]')
      from automod_alert_cases led where led.group_id = automod_alerts.group_id
    ) as cases`;
}

export async function insertAlert(tx: Tx, one: NewAlert): Promise<void> {
  const rules = tx.json(one.rules.map((rule) => ({ ...rule })));
  const spans = tx.json(one.spans.map(([from, to]) => [from, to]));
  await tx`
    insert into automod_alerts (
      id, guild_id, channel_id, message_id, author_id, author_name, rules, text, spans, files, found, did, copies, untold,
      group_id, webhook, buttons, place_id, made_at
    ) values (
      ${one.id}, ${one.guild}, ${one.channel}, ${one.message}, ${one.author}, ${one.authorName}, ${rules}, ${one.text},
      ${spans}, ${tx.json([...one.files])}, ${tx.json([...one.found])}, ${tx.json([...one.did])}, ${one.copies}, ${one.untold}, ${one.group},
      ${one.webhook}, ${one.buttons}, ${one.place}, ${one.madeAt}
    )`;
}

export async function findAlert(db: ISql, id: string): Promise<Alert | undefined> {
  const [one] = await db<Alert[]>`select ${columns(db)} from automod_alerts where id = ${id}`;
  return one;
}

/** Where a group is told of. */
export function alertsOf(
  db: ISql,
  group: string,
): Promise<readonly Pick<Alert, 'id' | 'guild' | 'author' | 'place'>[]> {
  return db<Alert[]>`
    select id::text as id, guild_id::text as guild, author_id::text as author, place_id::text as place
    from automod_alerts where group_id = ${group}`;
}

/** What was done by the buttons of an alert, in turn. */
export function alertDeeds(db: ISql, id: string): Promise<readonly DoneByButton[]> {
  return db<DoneByButton[]>`
    select what, by_id::text as by, at from automod_alert_deeds where alert_id = ${id} order by turn`;
}

/** Keeps where an alert is told. */
export async function placeAlert(tx: Tx, id: string, posted: string | null): Promise<void> {
  await tx`update automod_alerts set posted_id = ${posted} where id = ${id}`;
}

/**
 * Keeps that somebody does something about what they were shown. False where more has been done since then; whoever presses at the same
 * moment waits until the transaction ends.
 */
export async function takeTurn(
  tx: Tx,
  { id, turn }: Pick<Alert, 'id' | 'turn'>,
  { what, by, at }: DoneByButton,
): Promise<boolean> {
  const taken = await tx`update automod_alerts set turn = turn + 1 where id = ${id} and turn = ${turn}`;
  if (taken.count === 0) return false;
  await tx`
    insert into automod_alert_deeds (alert_id, turn, what, by_id, at) values (${id}, ${turn + 1}, ${what}, ${by}, ${at})`;
  return true;
}
