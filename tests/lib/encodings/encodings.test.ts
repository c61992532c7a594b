import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENCODING_NAMES, ENCODINGS, type EncodingName } from '../../../src/lib/encodings/encodings.ts';

const TEXT = 'Zwölf Boxkämpfer, 企鵝 🐧!';
const NODES = [
  ['base64', 'base64'],
  ['base64url', 'base64url'],
  ['hex', 'hex'],
] as const;

function decoded(name: EncodingName, text: string): unknown {
  const result = ENCODINGS[name].decode(text);
  return result.ok ? Buffer.from(result.bytes).toString() : result;
}

test.each(NODES)('%s is what the runtime makes of it', (name, node) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const encoded = Buffer.from(text.toWellFormed()).toString(node);
      expect(ENCODINGS[name].encode(text)).toEqual({ ok: true, text: encoded });
      expect(decoded(name, encoded)).toBe(text.toWellFormed());
    }),
  );
});

test.each(ENCODING_NAMES.filter((name) => name !== 'morse'))('%s comes back as it was', (name) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const encoded = ENCODINGS[name].encode(text);
      expect(encoded.ok && decoded(name, encoded.text)).toBe(text.toWellFormed());
    }),
  );
});

test.each(ENCODING_NAMES)('%s survives whatever is decoded', (name) => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void ENCODINGS[name].decode(text)));
});

test('each is written as its standard has it', () => {
  const written = ENCODING_NAMES.map((name) => {
    const encoded = ENCODINGS[name].encode(name === 'morse' ? 'sos, now' : 'Héy <b>?');
    return [name, encoded.ok && encoded.text];
  });
  expect(Object.fromEntries(written)).toEqual({
    base64: 'SMOpeSA8Yj4/',
    base64url: 'SMOpeSA8Yj4_',
    base32: 'JDB2S6JAHRRD4PY=',
    hex: '48c3a979203c623e3f',
    binary: '01001000 11000011 10101001 01111001 00100000 00111100 01100010 00111110 00111111',
    url: 'H%C3%A9y%20%3Cb%3E%3F',
    html: 'H&eacute;y &lt;b&gt;?',
    rot13: 'Uél <o>?',
    morse: '... --- ... --..-- / -. --- .--',
  });
});

describe('what people paste', () => {
  test.each([
    ['base64', `${Buffer.from(TEXT).toString('base64').replace(/=+$/, '')}\n`, TEXT],
    ['base64', 'aG\nVs bG8=', 'hello'],
    ['base32', 'nbswy3dp', 'hello'],
    ['hex', '68 65 6C 6c 6F', 'hello'],
    ['binary', '0110100001101001', 'hi'],
    ['url', 'a%20b+c', 'a b+c'],
    ['html', '&lt;&eacute;&#x1F427;&nope;&amp;lt;', '<é🐧&nope;&lt;'],
    ['morse', '···· ·· / –', 'HI T'],
  ] as const)('%s %s is read', (name, text, plain) => {
    expect(decoded(name, text)).toBe(plain);
  });

  test.each([
    ['base64', 'aGk*', { at: 4, found: '*' }],
    ['base64', '🐧', { at: 1, found: '🐧' }],
    ['base32', 'NB1', { at: 3, found: '1' }],
    ['binary', '01200000', { at: 3, found: '2' }],
    ['url', '🐧%zz', { at: 2, found: '%' }],
    ['morse', '.- ....... -', { at: 4, found: '.' }],
  ] as const)('%s %s is refused with its place', (name, text, place) => {
    expect(ENCODINGS[name].decode(text)).toEqual({ ok: false, problem: 'character', ...place });
  });

  test.each([
    ['base64', 'aGkab'],
    ['base32', 'NBSWY3'],
    ['hex', '686'],
    ['binary', '0110'],
  ] as const)('%s %s lacks its end', (name, text) => {
    expect(ENCODINGS[name].decode(text)).toEqual({ ok: false, problem: 'incomplete' });
  });

  test('Morse code cannot write everything', () => {
    expect(ENCODINGS.morse.encode('ab ñ')).toEqual({ ok: false, problem: 'character', at: 4, found: 'ñ' });
  });
});
