import { asBytes, asText, type Encoding } from './encoding.ts';

const A_SMALL = 97;
const A_LARGE = 65;
const LETTERS = 26;

/** Each Latin letter is exchanged for the one 13 places on; done twice, it is what it was. */
export const rot13: Encoding = {
  encode: (text) => asText(turned(text)),
  decode: (text) => asBytes(turned(text)),
};

function turned(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter >= 'a' ? A_SMALL : A_LARGE;
    return String.fromCharCode(((letter.charCodeAt(0) - first + LETTERS / 2) % LETTERS) + first);
  });
}
