/** Encodings from before Unicode that say nothing of themselves. */
export type OldEncoding = EastAsian | Cyrillic | 'latin-1';
type EastAsian = 'shift_jis' | 'euc-jp' | 'gbk' | 'big5' | 'euc-kr';
type Cyrillic = 'windows-1251' | 'koi8-r' | 'ibm866' | 'iso-8859-5';

/** What a text holds a good part of, where it is read in the right encoding; misread it comes to next to nothing. */
const EAST_ASIAN: readonly { readonly encoding: EastAsian; readonly usual: RegExp; readonly share: number }[] = [
  { encoding: 'shift_jis', usual: /[\u3041-\u3093\u30a1-\u30f6ー、。]/g, share: 0.3 },
  { encoding: 'euc-jp', usual: /[\u3041-\u3093\u30a1-\u30f6ー、。]/g, share: 0.3 },
  {
    encoding: 'gbk',
    usual: /[的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能，。、]/g,
    share: 0.12,
  },
  {
    encoding: 'big5',
    usual: /[的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能，。、]/g,
    share: 0.12,
  },
  { encoding: 'euc-kr', usual: /[이다는의에가을를하고지로도어나기서사리한은해시자대니아라요그]/g, share: 0.25 },
];
const CYRILLIC: readonly Cyrillic[] = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'];

const BEYOND_ASCII = /[^\0-\x7f]/g;
/** Fewer characters beyond ASCII tell nothing of where they come from. */
const FEW = 8;
/** The share of characters that are none, when a text is cut or damaged. */
const DAMAGE = 0.01;

/** The encoding in which the beginning of a text makes sense, though nothing says so; nothing where none does. */
export function oldEncodingOf(head: Uint8Array): OldEncoding | undefined {
  const eastAsian = EAST_ASIAN.find(({ encoding, usual, share }) => isUsual(head, encoding, usual, share));
  if (eastAsian) return eastAsian.encoding;
  return (
    CYRILLIC.find((encoding) => isCyrillic(read(head, encoding))) ??
    (isWestern(read(head, 'latin1')) ? 'latin-1' : undefined)
  );
}

/** What is not ASCII counts, and so does what could not be read. */
function isUsual(head: Uint8Array, encoding: EastAsian, usual: RegExp, share: number): boolean {
  const strange = read(head, encoding).replace(/[\0-\x7f]+/g, '');
  if (strange.length < FEW || count(strange, /\ufffd/g) > strange.length * DAMAGE) return false;
  return count(strange, usual) > strange.length * share;
}

/** Seven letters of ten in Russian, six in Ukrainian and Bulgarian. */
const FREQUENT = /[оеаинтсрвлк]/gi;
const FREQUENT_SHARE = 0.45;
/** Four letters of ten; what stands for letters of other scripts makes words that nobody can say. */
const VOWELS = /[аеёиоуыэюяіїє]/gi;
const VOWELS_SHARE = 0.34;
const LETTERS_SHARE = 0.8;
/** Of letters: small ones before capitals, and neighbours from another alphabet. */
const ODD_SHARE = 0.05;
const MIXED = /[a-z][\u0400-\u045f]|[\u0400-\u045f][a-z]/gi;

/** Letters as frequent as they are, words of one alphabet, capitals where words begin or all over. */
function isCyrillic(text: string): boolean {
  const letters = count(text, /[\u0400-\u045f]/g);
  if (letters < FEW || letters < count(text, BEYOND_ASCII) * LETTERS_SHARE) return false;
  const odd = count(text, /[\u0430-\u045f](?=[\u0400-\u042f])/g) + count(text, MIXED);
  const likely = count(text, FREQUENT) > letters * FREQUENT_SHARE && count(text, VOWELS) > letters * VOWELS_SHARE;
  return likely && odd <= letters * ODD_SHARE;
}

/** What Latin-1 has no letters for comes out as signs in the midst of words, or as letters with marks in a row. */
const WRONG =
  /[\u00aa-\u024f]{3,}|[\u0080-\u009f]|(?<=\p{L})[\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b3\u00b5\u00b6\u00b8\u00b9\u00bb-\u00bf\u00d7\u00f7\u02c6\u02dc\u2018\u201a-\u2026\u2030\u2039\u203a\u20ac\u2122](?=\p{L})/gu;
const WRONG_SHARE = 0.15;

function isWestern(text: string): boolean {
  const wrong = text.match(WRONG)?.join('').length ?? 0;
  return wrong <= count(text, BEYOND_ASCII) * WRONG_SHARE;
}

/** The last character may be cut in two. */
function read(head: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(head, { stream: true });
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}
