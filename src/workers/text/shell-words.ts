/** A word as a shell would read it, with the place that it has in the message. */
export interface ShellWord {
  /** Small letters, without quotes and backslashes. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /**
   * What stands before it: another command's end, a pipe, a command it is a part of, a file it is written into, nothing but space. `bare`: it
   * is written into by no command, or it is what somebody quotes.
   */
  readonly after: 'end' | 'pipe' | 'inside' | 'into' | 'bare' | 'space';
}

/** Longer words are no commands and no paths that matter; what is beyond is cut. */
const LONGEST_WORD = 200;
const QUOTES = new Set(['"', "'", '“', '”', '‘', '’', '«', '»', '„']);
const ENDS = new Set([';', '&', '|', '\n', '\r', '`', '(', ')', '>', '<']);
const NOTHING = /\p{Default_Ignorable_Code_Point}/u;
const DASH = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
const SPACE = /\s|\u2800/;
/** What a letter is to a shell; those of ASCII are in a table, since every letter is asked for. */
const [LETTER, SPACED, ENDING, LEFT_OUT] = [0, 1, 2, 3];
const ASCII = Uint8Array.from({ length: 128 }, (_, unit) => kindOf(String.fromCharCode(unit)));
const SMALL: readonly string[] = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit).toLowerCase());

/** What a shell puts spaces for. */
const FIELD_SEPARATOR = /\$\{?IFS\}?(?:\$\d)?/gi;

/** What only prints a word is that word. */
const PRINTED = /(?:\$\(|`)\s{0,9}(?:echo|printf)\s{1,9}(?:-\w{1,9}\s{1,9})?["']?([\w./-]{1,99})["']?\s{0,9}[)`]/gi;
const UNSEEN = '\u200b';

/** The words of a message, as if all of it were typed into a shell. Linear. */
export function shellWords(message: string): readonly ShellWord[] {
  const words: ShellWord[] = [];
  const text = message
    .replace(FIELD_SEPARATOR, (found) => ' '.repeat(found.length))
    .replace(PRINTED, (found, word: string) => {
      const at = found.lastIndexOf(word);
      return UNSEEN.repeat(at) + word + UNSEEN.repeat(found.length - at - word.length);
    });
  let [word, from, to, after]: [string, number, number, ShellWord['after']] = ['', 0, 0, 'end'];
  const end = (next: ShellWord['after']) => {
    if (word !== '') words.push({ text: word, from, to, after });
    // Of several signs in a row the first that is more than a space says what follows.
    if (word !== '' || after === 'space' || (after === 'into' && next === 'inside')) after = next;
    else if (after === 'pipe' && next === 'end') after = next;
    else if ((after === 'end' || after === 'inside') && next === 'into') after = 'bare';
    word = '';
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const kind = ASCII[unit] ?? kindOf(text[at] ?? '');
    if (kind === SPACED) end('space');
    else if (kind === ENDING && !(text[at] === '&' && word.includes('://'))) end(signOf(text, at));
    else if (kind !== LEFT_OUT) {
      if (word === '') from = at;
      to = at + 1;
      if (word.length < LONGEST_WORD) word += SMALL[unit] ?? plain(text[at] ?? '');
    }
  }
  end('end');
  return words;
}

function signOf(text: string, at: number): ShellWord['after'] {
  const sign = text[at];
  if (sign === '>') return 'into';
  if (sign === '(' || sign === '<' || sign === '`') return 'inside';
  return sign === '|' && text[at + 1] !== '|' && text[at - 1] !== '|' ? 'pipe' : 'end';
}

function kindOf(letter: string): number {
  if (ENDS.has(letter)) return ENDING;
  if (SPACE.test(letter)) return SPACED;
  return QUOTES.has(letter) || letter === '\\' || NOTHING.test(letter) ? LEFT_OUT : LETTER;
}

/** Of what is not ASCII. */
function plain(letter: string): string {
  return DASH.test(letter) ? '-' : letter.normalize('NFKC').toLowerCase();
}
