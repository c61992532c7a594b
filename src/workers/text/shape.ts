import { withoutCode } from './code-regions.ts';
import { longestRepeat } from './repeats.ts';

/** What a message looks like, whatever it says. */
export interface Shape {
  /** As Discord counts: code points. */
  readonly length: number;
  readonly lines: number;
  /** Letters that have a small and a capital form, and how many are capitals; links, mentions and custom emoji are left out. */
  readonly cased: number;
  readonly capitals: number;
  /** How often the same letter, sign or word stands in a row, where that is most; 0 where there are but drawn lines. */
  readonly repeats: number;
  /** Pictures of Unicode and the server's own. */
  readonly emoji: number;
  readonly spoilers: number;
  /** Different ones; not those in code. */
  readonly users: number;
  readonly roles: number;
  /** `@everyone` or `@here`. */
  readonly everyone: boolean;
  /** Marks piled up on letters beyond what any language does. */
  readonly zalgo: boolean;
}

/** More than Discord lets anyone write; what is beyond is not looked at. */
const LONGEST = 20_000;

const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;
const USER = /<@!?(\d{15,20})>/g;
const ROLE = /<@&(\d{15,20})>/g;
const EVERYONE = /@(?:everyone|here)\b/;
const SPOILER = /\|\|/g;
const CUSTOM_EMOJI = /<a?:\w{2,32}:\d{15,20}>/g;
/** A flag, a keycap, or a picture with all that is joined to it. */
const EMOJI =
  /\p{Regional_Indicator}{2}|[#*0-9]\ufe0f?\u20e3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*/gu;
const MAYBE_EMOJI = /[\u20e3\u203c-\u3299\ud83c-\ud83e\u00a9\u00ae]/;
/** What the client writes, and links: capitals there are nobody's shouting. */
const MARKUP = /<[^<>\s]{2,120}>|https?:\/\/\S+/gi;
/** Marks that stand on any letter; scripts with marks of their own may need many, and Greek three of those in the second part. */
const PILE = /(?:(?=\p{M})\p{Script_Extensions=Inherited}){3,}|[\u0300-\u036f]{4,}/gu;
const MARK = /\p{M}/u;
/** The same mark on itself, which no script does. */
const STACK = /(\p{M})\1{2,}/u;
const CASED = /\p{Lu}|\p{Ll}/gu;
const CAPITAL = /\p{Lu}/gu;

/** Linear in the text. */
export function shapeOf(message: string): Shape {
  const text = message.slice(0, LONGEST);
  const shown = withoutCode(text);
  const worded = text.includes('<') || text.includes('://') ? text.replace(MARKUP, ' ') : text;
  return {
    length: codePoints(text),
    lines: count(text, LINE_END) + 1,
    ...capitalsOf(worded),
    repeats: longestRepeat(text),
    emoji: (MAYBE_EMOJI.test(text) ? count(text, EMOJI) : 0) + count(text, CUSTOM_EMOJI),
    spoilers: count(shown, SPOILER) >> 1,
    users: different(shown, USER),
    roles: different(shown, ROLE),
    everyone: EVERYONE.test(shown),
    zalgo: MARK.test(text) && isZalgo(text),
  };
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}

function different(text: string, mention: RegExp): number {
  if (!text.includes('<@')) return 0;
  return new Set(Array.from(text.matchAll(mention), ([, id]) => id)).size;
}

/** By what the runtime makes small and capital, unit by unit; where that has another length, letter by letter. */
function capitalsOf(text: string): { readonly cased: number; readonly capitals: number } {
  const [small, large] = [text.toLowerCase(), text.toUpperCase()];
  if (small.length !== text.length || large.length !== text.length)
    return { cased: count(text, CASED), capitals: count(text, CAPITAL) };
  let [cased, capitals] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (small.charCodeAt(at) === large.charCodeAt(at)) continue;
    cased++;
    if (text.charCodeAt(at) !== small.charCodeAt(at)) capitals++;
  }
  return { cased, capitals };
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let at = 1; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) pairs++;
  }
  return text.length - pairs;
}

/** Several letters with three marks, one with five, or one mark three times on the same letter. */
function isZalgo(text: string): boolean {
  let piles = 0;
  for (const [pile] of text.matchAll(PILE)) {
    piles++;
    if (piles > 1 || pile.length >= 5) return true;
  }
  return STACK.test(text);
}
