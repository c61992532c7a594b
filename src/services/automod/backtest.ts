import type { Guild } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { snowflakeAt } from '../../lib/snowflake.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { JudgeInput, SentRules, Verdict } from '../../workers/rules/verdict.ts';
import { UserError } from '../answers/user-error.ts';
import { compileRules } from './compiled-rules.ts';
import { inputOf, placeOf } from './payload.ts';
import { ruleProblemInWords } from './problem-in-words.ts';
import { withMembers } from './whole.ts';

/** What is read of one channel, and of all of them: some minutes' work within Discord's limits. */
const MOST_IN_A_CHANNEL = 2_000;
const MOST_READ = 5_000;
const PAGE = 100;
const DAY_MS = 86_400_000;

/** A message that the rule would have hit. */
export interface WouldHit {
  readonly author: string;
  /** Where it stands; nothing of what was uploaded. */
  readonly url: string | undefined;
  readonly line: number | undefined;
  readonly text: string;
  readonly spans: Verdict['hits'][number]['spans'];
  /** Whether that depends on what only shows when it is written. */
  readonly perhaps: boolean;
}

/** How far it is. */
export interface Replay {
  looked: number;
  /** Where it is known. */
  total: number | undefined;
  readonly hits: WouldHit[];
  /** Milliseconds of judging. */
  ms: number;
  /** Whether there is more than was read. */
  cut: boolean;
}

export function newReplay(): Replay {
  return { looked: 0, total: undefined, hits: [], ms: 0, cut: false };
}

type Sources = Pick<Context, 'workers' | 'discord' | 'now' | 'gateway'>;

/** A rule as threads take it, whether it is stored or not, and on whatever it says. UserError with what keeps it from being used. */
export async function compiledAlone(
  rule: Rule,
  guild: string,
  { database, workers, externalData: lists }: Pick<Context, 'database' | 'workers' | 'externalData'>,
  signal: AbortSignal,
): Promise<SentRules> {
  const alone = { id: rule.id, place: 0, rule: JSON.stringify({ ...rule, enabled: true }) };
  const compiled = await compileRules({ database, workers, lists }, guild, { version: 0, rules: [alone] }, signal);
  const [broken] = compiled?.broken ?? [];
  if (!compiled || broken) {
    const problems = broken ? ruleProblemInWords(broken.problem) : '';
    throw new UserError('automod.backtest.broken', { name: rule.name, problems });
  }
  return compiled.sent;
}

interface Channels {
  readonly guild: Guild;
  readonly channels: readonly string[];
  readonly days: number;
}

/** Replays what stands in channels, the newest first, page by page. What Discord does not let the bot read rejects as Discord does. */
export async function replayChannels(
  { guild, channels, days }: Channels,
  rules: SentRules,
  replay: Replay,
  context: Sources,
  signal: AbortSignal,
): Promise<void> {
  const oldest = snowflakeAt(context.now().getTime() - days * DAY_MS);
  for (const channel of channels) {
    let before: string | undefined;
    for (let read = 0; read < MOST_IN_A_CHANNEL; read += PAGE) {
      if (replay.looked >= MOST_READ) {
        replay.cut = true;
        return;
      }
      const page = await pageBefore(channel, before, context, signal);
      const inReach = page.filter(({ id }) => BigInt(id) > BigInt(oldest));
      await replayPage(inReach, { guild, channel }, rules, replay, context, signal);
      before = page.at(-1)?.id;
      if (page.length < PAGE || inReach.length < page.length) break;
      if (read + PAGE >= MOST_IN_A_CHANNEL) replay.cut = true;
    }
  }
}

async function pageBefore(channel: string, before: string | undefined, { discord }: Sources, signal: AbortSignal) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) });
  return (await discord.rest.get(Routes.channelMessages(channel), { query, signal })) as APIMessage[]; // what Discord answers to this request
}

async function replayPage(
  page: readonly APIMessage[],
  { guild, channel }: { readonly guild: Guild; readonly channel: string },
  rules: SentRules,
  replay: Replay,
  context: Sources,
  signal: AbortSignal,
): Promise<void> {
  const theirs = page.filter(({ author, webhook_id }) => !author.bot && webhook_id === undefined);
  const place = placeOf(channel, context.discord);
  const whole = await withMembers(guild, theirs, context, signal);
  const messages = whole.map((payload) => {
    const edited = payload.edited_timestamp !== null;
    const now = Date.parse(payload.timestamp);
    const { rules: _, count: __, ...message } = inputOf(payload, { rules, place, edited, count: false, now });
    return message;
  });
  if (messages.length > 0) {
    const { hits, ms } = await context.workers.offload('backtest', { rules, messages }, { signal });
    replay.ms += ms;
    for (const { at, text, verdict } of hits) {
      const message = whole[at];
      const hit = verdict.hits[0];
      if (!message || !hit) continue;
      const url = `https://discord.com/channels/${guild.id}/${channel}/${message.id}`;
      const found = { author: message.author.username, url, line: undefined, text };
      replay.hits.push({ ...found, spans: hit.spans, perhaps: hit.late !== undefined });
    }
  }
  replay.looked += page.length;
}

/** Replays the lines of an uploaded file, as if somebody wrote them. */
export async function replayFile(
  file: SharedArrayBuffer,
  as: Omit<JudgeInput, 'rules' | 'count' | 'explain'>,
  rules: SentRules,
  replay: Replay,
  { workers }: Sources,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; ; ) {
    const { done, total, hits, ms } = await workers.offload('backtest', { rules, file, from, as }, { signal });
    replay.ms += ms;
    replay.looked += done;
    replay.total = total;
    for (const { at, text, verdict } of hits) {
      const hit = verdict.hits[0];
      if (!hit) continue;
      replay.hits.push({
        author: '',
        url: undefined,
        line: at + 1,
        text,
        spans: hit.spans,
        perhaps: hit.late !== undefined,
      });
    }
    from += done;
    if (done === 0 || from >= total) return;
  }
}
