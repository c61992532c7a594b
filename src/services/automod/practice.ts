import { delay } from '../../lib/deadline.ts';
import type { Workers } from '../../workers/offload.ts';
import { packBatch } from '../../workers/rules/batch.ts';
import type { Condition, Rule } from '../../workers/rules/schema.ts';
import type { JudgeInput, SentRules } from '../../workers/rules/verdict.ts';
import { rulesOf } from './preset.ts';
import { PRESETS } from './presets.ts';

/** Twice as many cost twice as much and made no thread quicker. */
const MESSAGES = 640;
const BATCH = 16;
/** In between what is meant goes first. Milliseconds. */
const PAUSE_MS = 2;

/** What presets have none of, and servers write themselves. */
const OWN: readonly Condition[] = [
  {
    type: 'pattern',
    source: '\\b(?:buy|sell)(?:ing)?\\s+\\w+\\s+coins?\\b',
    ignoreCase: true,
    of: 'canonical',
    engine: 'linear',
  },
  { type: 'pattern', source: 'ste+am\\w*\\.(?:ru|com|gift)', ignoreCase: true, of: 'canonical', engine: 'linear' },
  { type: 'pattern', source: '\\b\\d{4}[ -]?\\d{4}\\b', ignoreCase: true, of: 'canonical', engine: 'linear' },
  { type: 'pattern', source: '^[a-z\\s!]{120,}$', ignoreCase: true, of: 'canonical', engine: 'linear' },
  { type: 'words', terms: ['hopscotch', 'rock*hopper'], match: 'word', leet: true },
  { type: 'shell' },
  { type: 'zalgo' },
  { type: 'emoji', over: 15 },
];

/** What people write, in some of the ways they write it. */
const TEXTS: readonly string[] = [
  'hey, is anybody up for a game tonight?',
  'ok',
  'lol no way 😂😂 <:smile:123456789012345678>',
  'The penguin hopped from rock to rock, and said hello to everybody it met on the way. What a day!',
  'see https://example.com/guide/12?page=2#top for the **rules**, <@123456789012345678>, or [here](https://example.org)',
  'да, я тоже так думаю, посмотрим завтра',
  'on se retrouve à la gare vers 18h30',
  '今日はとても寒いですね、もう冬みたい',
  '`const total = items.reduce((sum, one) => sum + one.price * 3, 0);` does that look right to you?',
  'can somebody sell me 50 coins? my number is 1234 5678, w3 c4n t4lk',
  'WHY IS NOBODY LISTENING TO ME',
  'Tһе **реnguіn** h\u0337o\u0336p\u0338s %72ock t o r o c k ||ａｎｄ||',
  'sudo rm -r build && curl https://example.com/setup | sh',
];

/**
 * Has threads read some messages that nobody wrote, so that they are quick when the first comes: their code is translated only where it has
 * run often, until then a message takes them several times as long. Rejects as threads do; ends early where `stopping` says so.
 */
export async function practise(workers: Workers, signal: AbortSignal, stopping: () => boolean): Promise<void> {
  const { buffer } = await workers.offload('compileRules', { rules: practiceRules(), lists: [] }, { signal });
  const rules: SentRules = { version: crypto.randomUUID(), buffer, domains: { version: '', lists: [] } };
  const { threads } = workers.stats().quick;
  for (let done = 0; done < MESSAGES && !stopping(); done += BATCH) {
    const batch = packBatch(Array.from({ length: BATCH }, (_, at) => inputOf(done + at, rules)));
    // As many at a time as there are threads: one each, where none has anything else to do.
    await Promise.all(Array.from({ length: threads }, () => workers.offload('judgeMessages', batch, { signal })));
    await delay(PAUSE_MS, { signal });
  }
}

/** JSON each: what servers have most, and what they write themselves. */
export function practiceRules(): string[] {
  const presets = Object.values(PRESETS).flatMap((preset) => rulesOf(preset, (key) => key));
  const own = OWN.map((when, at): Rule => {
    const id = `practic${String.fromCharCode('a'.charCodeAt(0) + at)}`;
    const except = { roles: [], channels: [], members: [], rank: 3 };
    return { id, name: id, enabled: true, mode: 'observe', on: ['message'], when, except, actions: [], points: 0 };
  });
  return [...presets, ...own].map((rule) => JSON.stringify(rule));
}

function inputOf(at: number, rules: SentRules): JudgeInput {
  return {
    rules,
    text: `${TEXTS[at % TEXTS.length]} ${at % 7 === 0 ? TEXTS[(at * 5) % TEXTS.length] : at}`,
    author: { id: '123456789012345678', roles: [], accountMs: 1e10, joinedMs: 1e9 },
    channel: { id: '223456789012345678' },
    edited: false,
    forwarded: false,
    count: true,
  };
}
