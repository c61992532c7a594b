import type { APIMessage } from 'discord-api-types/v10';
import { act } from '../../../src/services/automod/act.ts';
import type { JudgedMessage } from '../../../src/services/automod/judged.ts';
import { maskSecrets } from '../../../src/workers/inspect/secrets.ts';
import { triggersOf } from '../../../src/workers/rules/late.ts';
import type { Action, Condition, Rule } from '../../../src/workers/rules/schema.ts';
import type { Hit, Residue, Verdict } from '../../../src/workers/rules/verdict.ts';
import { simhash } from '../../../src/workers/text/simhash.ts';
import type { TestBot } from '../../bot.ts';

export const PATIENCE = { timeout: 60_000, interval: 20 };

let made = 0;

/** A rule that acts, with what a test says of it. */
export function rule(actions: readonly Action[], more: Partial<Rule> = {}): Rule {
  made += 1;
  const id = [...String(made).padStart(8, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return {
    ...{ id, name: `Rule ${id}`, enabled: true, mode: 'enforce', on: ['message', 'edit'] },
    when: { type: 'shell' },
    except: { roles: [], channels: [], members: [], rank: 3 },
    actions: [...actions],
    points: 0,
    ...more,
  };
}

export interface Says {
  readonly as?: string;
  readonly channel?: string;
  readonly content?: string;
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array; readonly contentType: string }[];
}

/** Somebody's message, as the pipeline gives it. */
export async function write(bot: TestBot, { as = 'member', channel = 'general', content = '', files }: Says = {}) {
  const message = await bot.discord.message({ as, channel, content, unchecked: true, ...(files && { files }) });
  return judged(bot, message, content);
}

export function judged({ discord }: TestBot, message: APIMessage, text: string, edited = false): JudgedMessage {
  const { id, channel_id: channel, author, attachments: files } = message;
  const guild = discord.state.guild(discord.guildId);
  return {
    ...{ guild: discord.guildId, channel, id, author: author.id, username: author.username, text, files, edited },
    shown: [],
    roles: guild.members.get(author.id)?.roles ?? [],
    ...{ joinedAt: guild.members.get(author.id)?.joined_at ?? undefined, webhook: undefined, missed: false },
  };
}

/** What a thread says where these rules hold; what is late in them is left open. */
function verdictOf(message: JudgedMessage, rules: readonly Rule[], spans: Hit['spans'] = []): Verdict {
  const hits = rules.map(({ when }, rule): Hit => {
    const late = residueOf(when);
    return { rule, spans, ...(late !== undefined && { late }) };
  });
  const text = message.text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}]/gu, '')
    .toLowerCase();
  const [one, two] = simhash(text);
  const masked = maskSecrets(message.text).text;
  return {
    hits,
    masked,
    print: { text: [one, two], letters: text.replaceAll(/[^\p{L}\p{N}]/gu, '').length, links: [] },
  };
}

const LATE: readonly string[] = ['flood', 'rate', 'file', 'picture', 'invite', 'pattern'];

/** All triggers that are late, joined as the condition has it; the others hold. */
function residueOf(when: Condition): Residue | undefined {
  if ('not' in when) {
    const inner = residueOf(when.not);
    return inner === undefined ? undefined : { not: inner };
  }
  const late = triggersOf(when).flatMap(({ type }, at) => (LATE.includes(type) ? [at] : []));
  if (late.length === 0) return undefined;
  const [first = 0] = late;
  return late.length === 1 ? first : { all: late };
}

/** Has rules act on a message, as the pipeline does; `onTurn` hears that the next of its author may come. */
export async function has(
  { app }: TestBot,
  message: JudgedMessage,
  rules: readonly Rule[],
  { spans = [], invites, onTurn = () => {} }: Met = {},
): Promise<void> {
  const verdict = { ...verdictOf(message, rules, spans), ...(invites && { invites: [...invites] }) };
  const { signal } = new AbortController();
  await act(message, { rules, hits: verdict.hits, verdict }, app, { signal, onTurn });
}

interface Met {
  readonly spans?: Hit['spans'];
  /** Codes of invitations in it. */
  readonly invites?: readonly string[];
  readonly onTurn?: () => void;
}

/** What is left of people's messages in a channel, oldest first. */
export function left({ discord }: TestBot, channel = 'general'): readonly string[] {
  return discord.state.messages
    .list(discord.channels[channel] ?? channel, { limit: 1_000 })
    .filter(({ author }) => author.id !== discord.state.bot.id)
    .map(({ content }) => content)
    .reverse();
}

/** What the bot has written in a channel, oldest first. */
export function written({ discord }: TestBot, channel = 'mod-log'): readonly APIMessage[] {
  return discord.state.messages
    .list(discord.channels[channel] ?? channel, { limit: 1_000 })
    .filter(({ author }) => author.id === discord.state.bot.id)
    .reverse();
}

/** The same as text. */
export function said(bot: TestBot, channel = 'mod-log'): readonly string[] {
  return written(bot, channel).map(({ components }) => JSON.stringify(components));
}
