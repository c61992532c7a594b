import type { Guild } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { isLater, snowflakeAt } from '../../lib/snowflake.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { SentRules, Verdict } from '../../workers/rules/verdict.ts';
import { noteHit, type Replay } from './backtest.ts';
import { LateTriggers } from './late.ts';
import type { LateNeeds } from './later.ts';
import { inputOf, judgedOf, type Payload, placeOf } from './payload.ts';
import { withMembers } from './whole.ts';

/** What is read of one channel, and of all of them: some minutes' work within Discord's limits. */
const MOST_IN_A_CHANNEL = 2_000;
const MOST_READ = 5_000;
const PAGE = 100;
const AT_ONCE = 250;
const DAY_MS = 86_400_000;

interface Channels {
  readonly guild: Guild;
  readonly channels: readonly string[];
  readonly days: number;
}

type Sources = LateNeeds & Pick<Context, 'workers' | 'gateway'>;

/**
 * Replays what people wrote in channels, in the order in which they wrote it, so that rules about floods and fast writing see what they would have
 * seen. The newest is read first, as far as there is room. What Discord does not let the bot read rejects as Discord does.
 */
export async function replayChannels(
  { guild, channels, days }: Channels,
  { rule, sent }: { readonly rule: Rule; readonly sent: SentRules },
  replay: Replay,
  context: Sources,
  signal: AbortSignal,
): Promise<void> {
  const oldest = snowflakeAt(context.now().getTime() - days * DAY_MS);
  const read: APIMessage[] = [];
  for (const channel of channels) {
    if (read.length < MOST_READ) read.push(...(await newest(channel, oldest, replay, context, signal)));
    else replay.cut = true;
  }
  const theirs = read.filter(({ author, webhook_id }) => !author.bot && webhook_id === undefined);
  const ordered = theirs.sort((a, b) => (isLater(a.id, b.id) ? 1 : -1));
  replay.looked = 0;
  replay.total = ordered.length;
  const late = new LateTriggers(context);
  for (let at = 0; at < ordered.length; at += AT_ONCE) {
    const some = await withMembers(guild, ordered.slice(at, at + AT_ONCE), context, signal);
    await judge(some, { guild, rule, sent, late }, replay, context, signal);
  }
}

async function newest(
  channel: string,
  oldest: string,
  replay: Replay,
  { discord }: Sources,
  signal: AbortSignal,
): Promise<readonly APIMessage[]> {
  const found: APIMessage[] = [];
  for (let before: string | undefined; found.length < MOST_IN_A_CHANNEL; ) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) });
    const page = (await discord.rest.get(Routes.channelMessages(channel), { query, signal })) as APIMessage[]; // what Discord answers to this request
    const inReach = page.filter(({ id }) => BigInt(id) > BigInt(oldest));
    found.push(...inReach);
    replay.looked += page.length;
    before = page.at(-1)?.id;
    if (page.length < PAGE || inReach.length < page.length) return found;
  }
  replay.cut = true;
  return found;
}

interface Judging {
  readonly guild: Guild;
  readonly rule: Rule;
  readonly sent: SentRules;
  readonly late: LateTriggers;
}

async function judge(
  some: readonly Payload[],
  { guild, rule, sent, late }: Judging,
  replay: Replay,
  { workers, discord }: Sources,
  signal: AbortSignal,
): Promise<void> {
  const messages = some.map((payload) => {
    const edited = payload.edited_timestamp !== null;
    const place = placeOf(payload.channel_id, discord);
    const sending = { rules: sent, place, edited, count: false, now: Date.parse(payload.timestamp) };
    const { rules: _, count: __, ...message } = inputOf(payload, sending);
    return message;
  });
  const { hits, ms } = await workers.offload('backtest', { rules: sent, messages }, { signal });
  replay.ms += ms;
  replay.looked += some.length;
  for (const { at, text, from, verdict } of hits) {
    const payload = some[at];
    const held = payload && holds(payload, verdict, { guild, rule, sent, late });
    if (!held) continue;
    const url = `https://discord.com/channels/${guild.id}/${payload.channel_id}/${payload.id}`;
    const found = (verdict.hits[0]?.spans[0]?.[0] ?? from) - from;
    const { username: author } = payload.author;
    noteHit(replay, { author, url, line: undefined, text, at: found, perhaps: held === 'perhaps' });
  }
}

/** Whether the rule holds by what was written before; perhaps where that is only known when something is asked. */
function holds(payload: Payload, verdict: Verdict, { guild, rule, late }: Judging): 'yes' | 'perhaps' | undefined {
  const message = judgedOf(payload, { guild: guild.id, edited: false, missed: true });
  const { trips, open } = late.settle(message, verdict, [rule]);
  if (trips.length > 0) return 'yes';
  return open.length > 0 ? 'perhaps' : undefined;
}
