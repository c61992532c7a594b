import type { Grammar, Meaning } from './grammar/grammar.ts';
import { TimeTextError } from './problem.ts';

/** What a token can mean: what the language says of a word, or what is written in figures. */
export type Sense =
  | Meaning
  | { readonly is: 'minus' }
  | { readonly is: 'stamp'; readonly seconds: number }
  | { readonly is: 'date'; readonly year?: number; readonly month: number; readonly day: number }
  | { readonly is: 'slashed'; readonly parts: readonly number[] }
  | { readonly is: 'clock-time'; readonly hour: number; readonly minute: number; readonly second: number }
  /** Minutes east of UTC. */
  | { readonly is: 'offset'; readonly minutes: number }
  | { readonly is: 'unknown' };

export interface Token {
  readonly text: string;
  /** Whether it follows the token before with nothing in between. */
  readonly glued: boolean;
  /** Whether words that mean nothing by themselves stand before it: 'of the month'. */
  readonly linked: boolean;
  readonly senses: readonly Sense[];
}

const LONGEST_TEXT = 200;
/** In the year 8307: beyond every bound, and still a date. */
const MOST_SECONDS = 2e11;

/** Longest first where one begins like another. Each is tried at one place only, so the whole is linear in the text. */
const FIGURES: readonly (readonly [RegExp, (groups: readonly (string | undefined)[]) => Sense])[] = [
  [
    /<t:(-?\d{1,15})(?::[tdfrs])?>/y,
    ([seconds]) => ({ is: 'stamp', seconds: Math.min(Math.max(Number(seconds), 0), MOST_SECONDS) }),
  ],
  [
    /(\d{4,9})-(\d{1,2})-(\d{1,2})(?!\d)(?:t(?=\d))?/y,
    ([year, month, day]) => ({ is: 'date', year: Number(year), month: Number(month), day: Number(day) }),
  ],
  [
    /(\d{1,2})\.\s?(\d{1,2})\.(?:(\d{4,9}|\d{2})(?![\d:])|\s(\d{4})(?!\d))?/y,
    ([day, month, year, later]) => ({ is: 'date', day: Number(day), month: Number(month), ...yearOf(year ?? later) }),
  ],
  [
    /(\d{1,4})\/(\d{1,2})(?:\/(\d{1,4}))?(?![\d/])/y,
    (parts) => ({ is: 'slashed', parts: parts.flatMap((part) => (part === undefined ? [] : [Number(part)])) }),
  ],
  [
    /(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?![\d:])/y,
    ([hour, minute, second = 0]) => ({
      is: 'clock-time',
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    }),
  ],
  [
    /(?:utc|gmt)\s?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)|([+-])(\d{2}):?(\d{2})(?!\d)/y,
    ([sign, hours, minutes = 0, sign2, hours2, minutes2]) => ({
      is: 'offset',
      minutes: ((sign ?? sign2) === '-' ? -1 : 1) * (Number(hours ?? hours2) * 60 + Number(minutes2 ?? minutes)),
    }),
  ],
  [/(\d+(?:[.,]\d{1,2}(?!\d))?)/y, ([number = '']) => ({ is: 'count', value: Number(number.replace(',', '.')) })],
  [/[-\u2212](?=\s?\d)/y, () => ({ is: 'minus' })],
  [/[-\u2013\u2014](?=\s?\p{L})/uy, () => ({ is: 'to' })],
  [/[,&+;]|\/(?!\d)/y, () => ({ is: 'and' })],
  [/@/y, () => ({ is: 'at' })],
  [/[.!()]/y, () => ({ is: 'filler' })],
];

const SPACE = /\s+/y;
/** What stands between the words of one phrase: 'twenty five' and 'twenty-five' are the same. */
const GAP = /\s+|-(?=\p{L})/uy;
const ABBREVIATION = /\p{L}(?:\.\p{L})+\.?(?!\p{L})/uy;
const ZONE_NAME = /[a-z_]+(?:\/[a-z0-9_+-]+)+/y;
const WORD = /[\p{L}\p{M}_]+(?:['’]\p{L}+)?/uy;
const MOST_WORDS_IN_PHRASE = 4;

/** Cuts a text into tokens. Fillers are left out. Throws `TimeTextError` when there is nothing or too much of it. */
export function lex(text: string, { words }: Grammar): Token[] {
  if (text.length > LONGEST_TEXT) throw new TimeTextError('textTooLong', { most: LONGEST_TEXT, length: text.length });
  const source = text.normalize('NFKC').toLowerCase();
  const tokens: Token[] = [];
  let end = -1;
  let linked = false;
  for (let at = spaceAt(source, 0); at < source.length; at = spaceAt(source, at)) {
    const token = figureAt(source, at) ?? phraseAt(source, at, words) ?? unknownAt(source, at);
    const filler = token.senses.some(({ is }) => is === 'filler');
    if (!filler && !again(token, tokens.at(-1))) tokens.push({ ...token, glued: end === at, linked });
    linked = filler;
    at += token.text.length;
    end = at;
  }
  if (tokens.length === 0) throw new TimeTextError('empty');
  return tokens;
}

/** A comma before 'and' says the same as 'and'. */
function again(token: Found, before: Token | undefined): boolean {
  return [token, before].every((one) => one?.senses.some(({ is }) => is === 'and'));
}

type Found = Pick<Token, 'text' | 'senses'>;

function figureAt(source: string, at: number): Found | undefined {
  for (const [pattern, sense] of FIGURES) {
    const found = matchAt(pattern, source, at);
    if (found) return { text: found[0], senses: [sense(found.slice(1))] };
  }
  return undefined;
}

/** The longest run of words that the language has a meaning for; else a name of a zone, or a word it does not know. */
function phraseAt(source: string, at: number, words: Grammar['words']): Found | undefined {
  const abbreviation = matchAt(ABBREVIATION, source, at)?.[0];
  const short = abbreviation && meaningsOf(abbreviation.replaceAll('.', ''), words);
  if (short) return { text: abbreviation, senses: short };
  const ends = wordEnds(source, at);
  for (const end of ends.toReversed()) {
    const text = source.slice(at, end);
    const senses = meaningsOf(text.replace(/[\s-]+/g, ' '), words);
    if (senses) return { text, senses };
  }
  const name = matchAt(ZONE_NAME, source, at)?.[0] ?? matchAt(WORD, source, at)?.[0];
  return name === undefined ? undefined : { text: name, senses: [{ is: 'unknown' }] };
}

function wordEnds(source: string, at: number): number[] {
  const ends: number[] = [];
  for (let start = at; ends.length < MOST_WORDS_IN_PHRASE; start = gapAt(source, start)) {
    const word = matchAt(WORD, source, start)?.[0];
    if (word === undefined) break;
    start += word.length;
    ends.push(start);
  }
  return ends;
}

function unknownAt(source: string, at: number): Found {
  return { text: String.fromCodePoint(source.codePointAt(at) ?? 0), senses: [{ is: 'unknown' }] };
}

function meaningsOf(word: string, words: Grammar['words']): readonly Meaning[] | undefined {
  const meaning = Object.hasOwn(words, word) ? words[word] : undefined;
  return meaning === undefined || 'length' in meaning ? meaning : [meaning];
}

function yearOf(text: string | undefined): { year?: number } {
  if (text === undefined) return {};
  return { year: text.length === 2 ? 2_000 + Number(text) : Number(text) };
}

function gapAt(source: string, at: number): number {
  return at + (matchAt(GAP, source, at)?.[0].length ?? 0);
}

function spaceAt(source: string, at: number): number {
  return at + (matchAt(SPACE, source, at)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
