import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { canonical } from '../../../src/workers/text/canonical.ts';
import { Form } from '../../../src/workers/text/form.ts';
import { Letters } from '../../../src/workers/text/letters.ts';
import { Readings, Word } from '../../../src/workers/text/readings.ts';

function plain(text: string): string {
  return canonical(text, { leet: false }).text;
}

function readings(text: string, leet = false): readonly string[] {
  const read = canonical(text, { leet }).readings?.text ?? '';
  return read.split('\0').filter((word) => word !== '');
}

describe('is one for all the ways to write a text', () => {
  test.each([
    ['capitals', 'BadWord', 'badword'],
    ['full width', 'ｂａｄｗｏｒｄ', 'badword'],
    ['mathematical alphabets', '𝖇𝖆𝖉𝔀𝓸𝓻𝒹', 'badword'],
    ['circled letters', 'ⓑⓐⓓ 🅑🅐🅓 ⒝⒜⒟', 'bad bad bad'],
    ['pictures of letters', '🅱️🅰️🅳', 'bad'],
    ['indicators of regions that make no flags', '🇫🇺🇨🇰', 'fuck'],
    ['small capitals', 'ʙᴀᴅᴡᴏʀᴅ', 'badword'],
    ['spaces of no width', 'b\u200ba\u2060d\ufeffword', 'badword'],
    ['soft hyphens and joiners', 'b\u00ada\u200dd', 'bad'],
    ['tags and selectors', 'b\u{e0061}a\ufe0fd', 'bad'],
    ['controls of direction', '\u202ebad\u202c \u2067word\u2069', 'bad word'],
    ['marks piled up', 'b\u0337\u0321a\u0308\u0327\u033fd\u0315', 'bad'],
    ['kinds of spaces', 'bad\u3000\u2003\n word', 'bad word'],
    ['syllables taken apart', '\u1107\u1161\u1107\u1169', '바보'],
    ['vowels and tones piled up', 'ก็็็็็็็', 'ก็'],
    ['points of Arabic and its stretching', 'كَلِـــمَة', 'كلمة'],
    ['points of Hebrew', 'מִלָּה', 'מלה'],
    ['ends of Greek words', 'ΚΑΚΌΣ κακός', 'κακόσ κακόσ'],
    ['Cyrillic letters in a Latin word', 'bаdwоrd рорсоrn', 'badword popcorn'],
    ['Latin letters in a Cyrillic word', 'лоxи cyкa', 'лохи сука'],
    ['Latin letters in a Greek word', 'μaλάκας', 'μαλάκασ'],
    ['letters of rare scripts', 'ᗷᗩd Ꮤord', 'bad word'],
    ['figures of other scripts', 'g٥٥d', 'good'],
    ['marks of markdown', '**b**a__d__ ~~word~~ `b`ad', 'bad word bad'],
    ['spoilers', '||b||a||d||', 'bad'],
    ['escapes', 'b\\*a\\*d', 'bad'],
    ['links between letters', 'b[a](https://example.org)d', 'bad'],
    ['percents', '%62%61%64 %D0%B1%D0%B0', 'bad ба'],
    ['percents within percents', '%252562ad', 'bad'],
    ['percents in full width', '％62ad', 'bad'],
  ])('%s', (_, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  test.each([
    'über',
    'año',
    'façade',
    'thứ',
    'źdźbło',
    'smørrebrød',
    'ağaç',
    'привет',
    'ёлка',
    'сор',
    'καλημέρα',
    'שלום',
    'ภาษาไทย',
  ])('leaves %s as it is', (word) => {
    expect(plain(word)).toBe(word);
  });

  test.each([
    'हिन्दी',
    '日本語',
    'がぎぐ',
    'հայերեն',
    'ქართული',
    '我love你',
    'lg전자',
    '🇩🇪🇫🇷',
    'snake_case',
    'win\\dows',
    '50%de',
    'a~b',
    'f(x) = [1](2',
    'wi-fi',
  ])('leaves %s as it is, too', (text) => {
    expect(plain(text)).toBe(text);
  });

  test('keeps the text of a link and where it leads', () => {
    expect(plain('[Bad Word](https://example.org/a) ok')).toBe('bad word https://example.org/a ok');
  });
});

describe('reads words in other ways', () => {
  test.each([
    ['letters apart', 'so b a d', ['so bad']],
    ['letters apart by signs', 'b.a.d', ['bad']],
    ['several words of them', 'b-a-d  w-o-r-d', ['badword', 'bad word']],
    ['pictures of letters apart', '🇧 🇦 🇩', ['bad']],
    ['letters of two alphabets apart', 'b а d', ['bаd', 'bad']],
    ['signs of Han apart', '坏 词', ['坏词']],
    ['letters in a row', 'baaaad', ['baad', 'bad']],
    ['words around them', 'a freee thing', ['a free thing', 'a fre thing']],
    ['each letter twice', 'bbaadd', ['bbaadd', 'bad']],
    ['marks on a long word', 'bädwörd', ['badword']],
    ['a short word full of marks', 'ïdïöt', ['idiot']],
    ['both alphabets of a word', 'cyкa', ['cyka']],
    ['a word of look-alikes among Latin ones', 'call a сор', ['call a cop']],
    ['a word of look-alikes of a rare script', 'ᗷᗩᗪ', ['bad']],
  ])('%s', (_, text, expected) => {
    expect(readings(text)).toEqual(expected);
  });

  test.each([
    ['a short word with marks', 'año pêche'],
    ['a word of look-alikes alone', 'сор'],
    ['a word of look-alikes in its own language', 'вынеси сор please'],
    ['two letters', 'i o, or a b'],
    ['addresses', 'https://example.org/aaa/b-a-d'],
    ['figures in a row', '1000000 777'],
    ['flags', '🇩🇪🇫🇷🇮🇹'],
  ])('but not %s', (_, text) => {
    expect(readings(text)).toEqual([]);
  });

  test.each([
    ['b4d', ['bad']],
    ['sh1t', ['shit', 'shlt']],
    ['$h!t!!', ['shit!!', 'shlt!!']],
    ['b 4 d', ['b4d']],
    ['fr33', ['free']],
    ['fr3e n1tro', ['free nitro', 'fr3e nltro']],
    ['сук@', ['сука']],
    ['Galaxy A55', []],
    ['anna55 100k 1999 3.14', []],
    ['someone@example.org', []],
    ['https://example.org/b4d', []],
    ['wow! c++ 5$', []],
  ])('figures that stand for letters when asked to: %s', (text, expected) => {
    expect(readings(text)).toEqual([]);
    expect(readings(text, true)).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(readings(text, true)).toEqual([]);
  });
});

/** Every code point of these, each as likely as any other: what one does is met by what another does. */
const RANGES = [
  'aZ',
  '09',
  ' .',
  '*_',
  '|~',
  '`%',
  '[]',
  '()',
  '\\/',
  'ая',
  'АЯ',
  'Αω',
  'את',
  '\u0300\u0345',
  '\u0e01\u0e4e',
  '\u0900\u0970',
]
  .concat([
    '\u1100\u11ff',
    '\u200b\u202e',
    '\u3131\u318e',
    '\u{1d400}\u{1d4ff}',
    '\ufb00\ufdff',
    '\uff01\uffee',
    '\u13a0\u13ff',
  ])
  .concat([
    '\u1400\u14ff',
    '\u{1f1e6}\u{1f1ff}',
    '\u{1f130}\u{1f189}',
    '\u0250\u02af',
    '\u1d00\u1dbf',
    '\u{10400}\u{1044f}',
    '\u4e00\u4e20',
  ])
  .map((range) => Array.from(range, (character) => character.codePointAt(0) ?? 0))
  .map(([first = 0, last = 0]) => fc.integer({ min: Math.min(first, last), max: Math.max(first, last) }));
const PIECES = [
  '%41',
  '%2541',
  '%%34%31',
  '](',
  '[a](b)',
  '||',
  '**',
  '%D0%B0',
  '://',
  '\u0301',
  'а',
  'о',
  'a',
  '  ',
  '\n',
  'c%',
  '\ud800',
];
const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.oneof(...RANGES).map((code) => String.fromCodePoint(code)),
);
const TEXTS = [
  ['of anything', fc.string({ unit: 'binary', maxLength: 200 })],
  ['of what is not just taken as it is', fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))],
  ['of few such pieces', fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''))],
] as const;

describe.each(TEXTS)('for a text %s', (_, texts) => {
  test('once is enough', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = plain(text);
        expect(plain(once)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });

  test('it is known where each unit comes from', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, leet) => {
        const { text: form, from, readings: others } = canonical(text, { leet });
        expect(from).toHaveLength(form.length + 1);
        expect(from.at(-1)).toBe(text.length);
        expect(from.every((place, at) => at === 0 || place >= (from[at - 1] ?? 0))).toBe(true);
        if (!others) return;
        expect(others.from).toHaveLength(others.text.length + 1);
        expect(others.from.every((place) => place >= 0 && place <= text.length)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('what was read before is forgotten', () => {
    fc.assert(
      fc.property(texts, texts, (before, text) => {
        canonical('', { leet: true });
        const alone = canonical(text, { leet: true });
        canonical(before, { leet: true });
        expect(canonical(text, { leet: true })).toEqual(alone);
      }),
    );
  });

  test('a word in it is found, and leads back to what it was written as', () => {
    const ways = fc.constantFrom('badword', 'BАDWОRD', 'b\u200bad**wo**rd', '%62adword', 'ｂａｄword', 'b||ad||word');
    fc.assert(
      fc.property(texts, ways, texts, (before, way, after) => {
        const whole = `${before}\n.${way}.\n${after}`;
        const { text, from } = canonical(whole, { leet: false });
        const at = text.indexOf('badword', from.indexOf(before.length));
        fc.pre(at >= 0);
        const shown = whole.slice(from[at], from[at + 'badword'.length]);
        expect(plain(shown)).toContain('badword');
      }),
      { numRuns: 500 },
    );
  });

  test('nothing grows without bound', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const made = canonical(text, { leet: true });
        expect(made.text.length).toBeLessThanOrEqual(18 * text.length);
        expect(made.readings?.text.length ?? 0).toBeLessThanOrEqual(3 * 18 * text.length + 1_000);
        expect(made.text.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('hostile texts', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Units put, moved and looked up: what the time goes by. */
  function steps(text: string): number {
    const counted = [
      vi.spyOn(Form.prototype, 'put'),
      vi.spyOn(Form.prototype, 'move'),
      vi.spyOn(Letters.prototype, 'kind'),
      vi.spyOn(Word.prototype, 'put'),
      vi.spyOn(Readings.prototype, 'add'),
    ];
    canonical(text, { leet: true });
    const count = counted.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    vi.restoreAllMocks();
    return count;
  }

  test.each([
    '[',
    '](',
    '[a](',
    '[a](b)',
    '[[a](b)',
    '`',
    '**a',
    '|',
    '%',
    '%25',
    '%2541',
    'a\u0301\u0301',
    'a ',
    'b4',
    'аb',
    'ﷺ',
    '\\',
    'aaa',
    '🇦',
    '\ud800',
    '://',
    '\u202e',
  ])('of %j take twice the steps for twice the length', (hostile) => {
    const [once, twice] = [steps(`ä${hostile.repeat(2_000)}`), steps(`ä${hostile.repeat(4_000)}`)];
    expect(twice).toBeLessThanOrEqual(2.05 * once);
  });

  test('are all but nothing where nothing of them shows', () => {
    expect(plain('\ud800\udc00\ud800 \udfff')).toBe('𐀀 ');
    expect(plain(`a${'\u0301'.repeat(4_000)}`)).toBe('a');
    expect(plain('\u0301'.repeat(4_000))).toBe('');
    expect(plain('*'.repeat(100_000))).toBe('');
    expect(plain(`${'**_'.repeat(33_000)}bad${'_**'.repeat(33_000)}`)).toBe('bad');
  });
});
