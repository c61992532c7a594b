import type { ISql, Sql } from 'postgres';
import type { Stretch } from '../lib/time/stretches.ts';
import { type WeekHour, weekHours } from './week-hours.ts';

/** So many messages in a channel in an hour, to be added to what is there. */
export interface ChannelHour {
  readonly guild: string;
  readonly channel: string;
  /** `2026-11-22`, in UTC. */
  readonly day: string;
  /** From 0 to 23, in UTC. */
  readonly hour: number;
  readonly messages: number;
}

/** Adds many in one statement, in the same order whoever does it, so that nobody waits for each other. Rows must differ in channel, day or hour. */
export async function addChannelHours(db: ISql, rows: readonly ChannelHour[]): Promise<void> {
  const keyOf = ({ guild, channel, day, hour }: ChannelHour) => `${guild} ${channel} ${day} ${hour}`;
  const keyed = rows.map((row) => [keyOf(row), row] as const).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const values = keyed.map(([, { guild, channel, day, hour, messages }]) => ({
    ...{ guild_id: guild, channel_id: channel, day },
    ...{ hour, messages },
  }));
  await db`
    insert into channel_hours ${db(values)}
    on conflict (guild_id, channel_id, day, hour) do update set messages = channel_hours.messages + excluded.messages`;
}

/** The messages of a channel by weekday and hour, as the clocks of a zone showed them. */
export function weekHoursOfChannel(
  db: Sql,
  { guild, channel }: Pick<ChannelHour, 'guild' | 'channel'>,
  stretches: readonly Stretch[],
): Promise<readonly WeekHour[]> {
  const counted = db`
    select day + make_interval(hours => hour) as at, messages as amount from channel_hours
    where guild_id = ${guild} and channel_id = ${channel}`;
  return weekHours(db, counted, stretches);
}
