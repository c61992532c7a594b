import { Alphabets } from './alphabets.ts';
import { areFlags, endOfIndicators, indicatorLetter, isIndicator } from './emoji-letters.ts';
import { Fold } from './fold.ts';
import { Form } from './form.ts';
import { readLeet } from './leet.ts';
import { Letters } from './letters.ts';
import { openLinks, stripMarks } from './markdown.ts';
import { decodedAt, hasEncoded } from './percent.ts';
import { isPlain, PLACES } from './plain.ts';
import { Readings, Word } from './readings.ts';
import { Reversed } from './reversed.ts';
import { SpacedLetters } from './spaced-letters.ts';
import { Spellings } from './spellings.ts';
import { Words } from './words.ts';

/** A text as it is compared, or what else it may be read as. */
export interface Compared {
  readonly text: string;
  /** Of `text.length + 1`: units `[i, j)` stand in the original at `[from[i], from[j])`. Not to be changed, nor sent to another thread. */
  readonly from: Int32Array;
}

export interface Canonical extends Compared {
  /** Other ways to read it: words as they may also be read, with a few of those around them, each part followed by U+0000. */
  readonly readings?: Compared;
}

export interface CanonicalOptions {
  /** Whether figures and signs that stand for letters are read as letters. */
  readonly leet: boolean;
}

/** More than Discord lets anyone write; what is beyond is not looked at. */
const LONGEST = 200_000;
/** Percents within percents within percents; those that are deeper are left out. */
const MOST_ROUNDS = 3;
const PERCENT = 0x25;

const letters = new Letters();
const form = new Form();
const fold = new Fold(letters, form);
const words = new Words();
const word = new Word();
const readings = new Readings();
const reversed = new Reversed(word, readings);
const alphabets = new Alphabets(letters, word, readings);
const spellings = new Spellings(letters, word, readings);
const spaced = new SpacedLetters(word, readings);

/**
 * One text for all the ways to write it: small letters in their compatibility form, each word in one alphabet, nothing that does
 * not show, no markdown, no percents, one space where there are several. Linear in the text; the result is at most 18 times as
 * long, its readings three times as long as that.
 */
export function canonical(original: string, { leet }: CanonicalOptions): Canonical {
  if (isPlain(original, leet)) {
    return { text: original.toLowerCase().replaceAll('\n', ' '), from: PLACES.subarray(0, original.length + 1) };
  }
  let made = make(original, false, leet);
  for (let round = 1; round <= MOST_ROUNDS && hasEncoded(made.text); round++) {
    made = placed(make(made.text, round === MOST_ROUNDS, leet), made.from);
  }
  return made;
}

function make(text: string, withoutPercents: boolean, leet: boolean): Canonical {
  readings.begin(text.length);
  read(text, withoutPercents);
  stripMarks(form);
  openLinks(form);
  words.find(form);
  alphabets.resolve(form, words);
  spellings.read(form, words);
  spaced.read(form, words, leet);
  if (leet) readLeet(form, word, readings);
  readings.write(form);
  form.collapse();
  const main = { text: form.text(), from: form.places() };
  return readings.length === 0 ? main : { ...main, readings: { text: readings.text(), from: readings.places() } };
}

function read(text: string, withoutPercents: boolean): void {
  const end = Math.min(text.length, LONGEST);
  fold.begin(end);
  const turned = text.includes('\u202e');
  if (turned) reversed.begin();
  for (let at = 0; at < end; ) {
    const code = text.codePointAt(at) ?? 0;
    if (turned) reversed.pass(code, form, at);
    if (code === PERCENT) at = readPercent(text, at, withoutPercents);
    else if (isIndicator(code)) at = readIndicators(text, at);
    else {
      fold.put(code, at);
      at += code > 0xffff ? 2 : 1;
    }
  }
  if (turned) reversed.end(form, end);
}

function readPercent(text: string, at: number, without: boolean): number {
  const decoded = without ? undefined : decodedAt(text, at);
  if (!without) fold.put(decoded?.code ?? PERCENT, at);
  return at + (decoded?.units ?? 1);
}

function readIndicators(text: string, from: number): number {
  const to = endOfIndicators(text, from);
  const flags = areFlags(text, from, to);
  for (let at = from; at < to; at += 2) {
    const code = text.codePointAt(at) ?? 0;
    fold.put(flags ? code : indicatorLetter(code), at);
  }
  return to;
}

/** What was made of a text that was made of another, with the places in that one. */
function placed(made: Canonical, from: Int32Array): Canonical {
  const back = ({ text, from: places }: Compared) => ({ text, from: places.map((place) => from[place] ?? 0) });
  return made.readings ? { ...back(made), readings: back(made.readings) } : back(made);
}
