import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../src/workers/inspect/report.ts';
import { encodedAs, utf16, utf32 } from '../../files/encodings.ts';
import { factsOf, findingOf, inspect, textOf } from './inspecting.ts';

const JAPANESE = 'これは日本語のテキストです。\n今日は天気がいいので、友達と公園へ行きます。\n';
const SIMPLIFIED = '我们今天要去公园，因为天气很好。\n他说这个地方是中国最大的城市，有很多人。\n';
const TRADITIONAL = '我們今天要去公園，因為天氣很好。\n他說這個地方是台灣最大的城市，有很多人。\n';
const KOREAN =
  '오늘은 날씨가 좋아서 친구와 공원에 가기로 했다.\n이것은 한국어로 쓴 글이고 사람이 많이 있는 도시를 말한다.\n';
const RUSSIAN = 'Сегодня хорошая погода, и мы идём в парк.\nОшибка: соединение с сервером потеряно (code 10054).\n';
const UKRAINIAN = 'Сьогодні гарна погода, тому ми йдемо до парку.\nПомилка: немає звязку з сервером.\n';
const GERMAN = 'Größe fünf Meter und ein Café in Ålesund, „schön“ – 20 € für Öl\n';
const FRENCH = 'Où êtes-vous ? À la fenêtre, déjà : « l’été » coûte 5 £ le m² à Noël\n';

describe('a text that says or shows how it is written', () => {
  test.each([
    ['UTF-32LE', utf32(RUSSIAN, 'little'), RUSSIAN],
    ['UTF-32BE', utf32(`${JAPANESE}\u{1f427}`, 'big'), `${JAPANESE}\u{1f427}`],
    ['UTF-16LE', utf16(RUSSIAN, 'little'), RUSSIAN],
    ['UTF-16BE', utf16(RUSSIAN, 'big'), RUSSIAN],
    ['UTF-16LE', utf16('Καλημέρα σε όλους, τι κάνετε σήμερα;\n', 'little'), 'Καλημέρα σε όλους, τι κάνετε σήμερα;\n'],
    ['UTF-16BE', utf16(GERMAN, 'big'), GERMAN],
    ['SHIFT-JIS', encodedAs('shift_jis', JAPANESE), JAPANESE],
    ['EUC-JP', encodedAs('euc-jp', JAPANESE), JAPANESE],
    ['GBK', encodedAs('gbk', SIMPLIFIED), SIMPLIFIED],
    ['BIG5', encodedAs('big5', TRADITIONAL), TRADITIONAL],
    ['EUC-KR', encodedAs('euc-kr', KOREAN), KOREAN],
    ['WINDOWS-1251', encodedAs('windows-1251', RUSSIAN), RUSSIAN],
    ['WINDOWS-1251', encodedAs('windows-1251', RUSSIAN.toUpperCase()), RUSSIAN.toUpperCase()],
    ['WINDOWS-1251', encodedAs('windows-1251', UKRAINIAN), UKRAINIAN],
    ['KOI8-R', encodedAs('koi8-r', RUSSIAN), RUSSIAN],
    ['KOI8-R', encodedAs('koi8-r', RUSSIAN.toLowerCase()), RUSSIAN.toLowerCase()],
    ['IBM866', encodedAs('ibm866', RUSSIAN), RUSSIAN],
    ['ISO-8859-5', encodedAs('iso-8859-5', RUSSIAN), RUSSIAN],
    ['LATIN-1', encodedAs('windows-1252', GERMAN), GERMAN],
    ['LATIN-1', encodedAs('windows-1252', FRENCH), FRENCH],
    ['LATIN-1', encodedAs('windows-1252', 'caf\u00e9\n'), 'café\n'],
  ])('%s', async (encoding, bytes, text) => {
    const report = await inspect(bytes);
    expect(factsOf(report, 'text')).toMatchObject([{ encoding }]);
    expect(textOf(report)).toBe(text.trimEnd());
    expect(levelOf(report)).toBe('safe');
  });

  test.each([
    ['Greek', encodedAs('windows-1253', 'Καλημέρα σε όλους, τι κάνετε σήμερα;\n')],
    ['Hebrew', encodedAs('windows-1255', 'שלום לכולם, מה שלומכם היום?\n')],
    ['Polish', encodedAs('windows-1250', 'Zażółć gęślą jaźń, łódź płynie dalej.\n')],
    ['German of DOS', Uint8Array.from([71, 114, 0x94, 0xe1, 101, 32, 115, 99, 104, 0x94, 110, 32, 102, 0x81, 114, 10])],
    ['a frame of DOS', Uint8Array.from([0xc9, ...new Array<number>(40).fill(0xcd), 0xbb, 10, 0xba, 32, 0xba, 10])],
  ])('%s in an encoding that nothing tells is said to be unknown', async (_, bytes) => {
    const report = await inspect(bytes);
    expect(factsOf(report, 'textUnknown')).toMatchObject([{ lines: expect.any(Number) }]);
    expect(factsOf(report, 'text')).toEqual([]);
  });

  test('a long text that ends within a character, and one with a broken one, keep their encoding', async () => {
    const whole = encodedAs('shift_jis', JAPANESE.repeat(2_000));
    expect(factsOf(await inspect(whole), 'text')).toMatchObject([{ encoding: 'SHIFT-JIS', lines: 4_000 }]);
    const broken = await inspect(Uint8Array.from([...whole.subarray(0, 9_999), 0xff]));
    expect(factsOf(broken, 'text')).toMatchObject([{ encoding: 'SHIFT-JIS' }]);
    expect(findingOf(broken, 'characters-replaced')).toMatchObject({ count: expect.any(Number) });
  });

  test('what is no character of UTF-32 is replaced, and a cut one is told of', async () => {
    const bytes = Uint8Array.from([...utf32('ab', 'little'), 0, 0, 0x11, 0, 0, 0xd8, 0, 0, 1]);
    const report = await inspect(bytes);
    expect(textOf(report)).toBe('ab\ufffd\ufffd');
    expect(findingOf(report, 'last-character-cut')).toBeDefined();
  });

  test('a table is one in any of them', async () => {
    const table = await inspect(encodedAs('shift_jis', 'なまえ,とし\nたろう,36\nはなこ,41\n'), 'people.csv');
    expect(factsOf(table, 'columnNumbers')).toMatchObject([{ name: 'とし', min: '36', max: '41' }]);
    const wide = await inspect(utf32('name;age\nAda;36\nAlan;41\n', 'little'), 'people.csv');
    expect(factsOf(wide, 'columnNumbers')).toMatchObject([{ name: 'age', min: '36', max: '41' }]);
  });
});
