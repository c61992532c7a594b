/** What people draw lines and frames with; a row of it says nothing. */
const DRAWN =
  /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{M}\-_=~*#`.·•|/\\+<>\u2010-\u2015\u2500-\u259f\u2800]+$/u;
const ASCII_DRAWN = new Set([...'\t\n\v\f\r -_=~*#`.|/\\+<>'].map((sign) => sign.charCodeAt(0)));
/** The server's own pictures count as words, also where no space is between them. */
const WORD = /<a?:\w{2,32}:\d{15,20}>|[^\s<]+|</g;

/** How often the same letter, sign or word stands in a row, where that is most; 0 where there are but drawn lines. */
export function longestRepeat(text: string): number {
  const small = text.toLowerCase();
  return Math.max(longestOfLetters(small), longestOfWords(small));
}

function longestOfLetters(text: string): number {
  let [longest, run, last] = [0, 0, ''];
  for (const letter of text) {
    run = letter === last ? run + 1 : 1;
    last = letter;
    if (run > longest && !isDrawn(letter)) longest = run;
  }
  return longest;
}

function isDrawn(letter: string): boolean {
  const unit = letter.charCodeAt(0);
  return unit < 0x80 ? ASCII_DRAWN.has(unit) : DRAWN.test(letter);
}

function longestOfWords(text: string): number {
  let [longest, run, last] = [0, 0, ''];
  for (const [word] of text.matchAll(WORD)) {
    run = word === last ? run + 1 : 1;
    last = word;
    if (run > longest && !DRAWN.test(word)) longest = run;
  }
  return longest;
}
