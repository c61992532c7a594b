/** What a unit of ASCII is to the look that decides whether a text needs another one; bits. */
const [LETTER, FIGURE, SPACE, FORM, LEET, OTHER] = [1, 2, 4, 8, 16, 0];
const SHOWN = 0x7f;
const CLASSES = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (/[a-z]/i.test(character)) return LETTER;
  if (/[0-9]/.test(character)) return FIGURE | LEET;
  if (/[@$!+(]/.test(character)) return LEET;
  if (/[ \n]/.test(character)) return SPACE;
  return /[*_~|`\\]/.test(character) || unit < 0x20 || unit === SHOWN ? FORM : OTHER;
});
const [ROUND_OPEN, SHUT, PERCENT] = [0x28, 0x5d, 0x25];
const ENCODED = /^%[0-9a-f]{2}/i;
const REPEATED = 3;
const DOUBLED = 3;
const WIDEST_GAP = 3;

/** Places of texts in which every unit stays where it is; shared by all of them. */
export const PLACES = Int32Array.from({ length: 8_193 }, (_, at) => at);

/** Whether a text is its own canonical one, but for capitals and ends of lines, and read in no other way. Most messages end here. */
export function isPlain(text: string, leet: boolean): boolean {
  if (text.length >= PLACES.length) return false;
  // The word that is being passed, letters of it in a row, pairs of them in a row, and where a word of one letter ended before.
  let [start, run, doubles, single, last, lastClass] = [-1, 0, 0, -9, 0, SPACE];
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x20;
    const kind = unit < 128 ? (CLASSES[unit] ?? FORM) : FORM;
    if (kind === FORM || (kind === SPACE && lastClass === SPACE && at > 0 && at < text.length)) return false;
    if ((unit === ROUND_OPEN && last === SHUT) || (unit === PERCENT && ENCODED.test(text.slice(at, at + 3))))
      return false;
    const small = unit | 0x20;
    if ((kind & (LETTER | FIGURE)) !== 0) {
      if (start < 0) [start, run, doubles] = [at, 0, 0];
      if (kind === LETTER && small === last) run++;
      else {
        doubles = run === 2 ? doubles + 1 : 0;
        run = 1;
      }
      if ((kind === LETTER && run >= REPEATED) || (run === 2 && doubles === DOUBLED - 1)) return false;
    } else if (start >= 0) {
      if (at - start === 1 && (lastClass === LETTER || leet)) {
        if (start - single <= WIDEST_GAP) return false;
        single = at;
      }
      start = -1;
    }
    if (leet && ((kind & LEET) !== 0 ? lastClass === LETTER : kind === LETTER && (lastClass & LEET) !== 0))
      return false;
    [last, lastClass] = [kind === LETTER ? small : unit, kind];
  }
  return true;
}
