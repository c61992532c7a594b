import { RE2JS } from 're2js';
import type { Part } from './syntax.ts';

const MOST_REPEATED = 5;
const LONGEST = 100;
/** What a class is tried with, for a letter that is one of it. */
const CANDIDATES = 'ax7 AX!._-/@éи企🐧\n';
/** Ordinary things that people write: a pattern that matches most of them is a mistake. */
export const ORDINARY: readonly string[] = [
  'hey, is anybody up for a game tonight?',
  'I think the build is broken again, could you have a look at line 42?',
  'lol no way 😂',
  'Thanks, that worked!',
  'Where did you get that picture from? It looks great.',
  'gute Nacht zusammen, bis morgen um 8',
  'да, я тоже так думаю',
  'on se retrouve à la gare vers 19h30',
  '今日はとても寒いですね',
  'see https://example.com/guide for the rules',
  'ok',
  'The penguin hopped from rock to rock, and said hello to everybody it met on the way.',
];

/** A message as long as they come. */
export const LONG = ORDINARY.join(' ').repeat(4).slice(0, 2_000);

/** Texts that a pattern is likely to match, made out of it; whoever uses them tries them first. */
export function examplesOf(part: Part): readonly string[] {
  const texts = [0, 1, 2].map((choice) => make(part, choice).slice(0, LONGEST).toWellFormed());
  return [...new Set(texts)].filter((text) => text !== '');
}

/** Two thousand letters of what a pattern repeats, and an end that it does not expect: the hardest thing for an engine that goes back. */
export function hardestFor(part: Part): string {
  const inner = repeatedIn(part) ?? part;
  const piece = make(inner, 0) || 'a';
  return `${piece.repeat(Math.ceil(2_000 / piece.length)).slice(0, 1_999)}¬`;
}

function repeatedIn(part: Part): Part | undefined {
  switch (part.kind) {
    case 'repeat':
      return part.most === undefined ? (repeatedIn(part.part) ?? part.part) : repeatedIn(part.part);
    case 'sequence':
    case 'either': {
      for (const one of part.parts) {
        const found = repeatedIn(one);
        if (found) return found;
      }
      return undefined;
    }
    case 'look':
      return repeatedIn(part.part);
    default:
      return undefined;
  }
}

function make(part: Part, choice: number): string {
  switch (part.kind) {
    case 'letter':
      return part.letter;
    case 'class':
      return part.letters ? (part.letters[choice % part.letters.length] ?? '') : oneOfClass(part.written, choice);
    case 'any':
      return 'x';
    case 'repeat': {
      const most = part.most ?? MOST_REPEATED;
      const times = Math.min(Math.max(part.least, Math.min(choice, most)), LONGEST);
      return make(part.part, choice).repeat(times).slice(0, LONGEST);
    }
    case 'sequence':
      return part.parts
        .map((one) => make(one, choice))
        .join('')
        .slice(0, 4 * LONGEST);
    case 'either': {
      const way = part.parts[choice % part.parts.length];
      return way ? make(way, choice) : '';
    }
    case 'place':
    case 'look':
    case 'again':
      return '';
    default: {
      const never: never = part;
      return never;
    }
  }
}

/** Found by trying: what a class holds is known by the engine alone. */
function oneOfClass(written: string, choice: number): string {
  const found = [...CANDIDATES].filter(testerOf(written));
  return found[choice % Math.max(1, found.length)] ?? '';
}

function testerOf(written: string): (letter: string) => boolean {
  try {
    const known = RE2JS.compile(written);
    return (letter) => known.matches(letter);
  } catch {
    return () => false; // it is spelt as only the other engine knows
  }
}
