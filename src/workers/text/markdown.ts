import type { Form } from './form.ts';
import { isOfWords, Kind } from './letters.ts';

const [STAR, TICK, UNDERSCORE, BACKSLASH] = [0x2a, 0x60, 0x5f, 0x5c];
/** `* _ ~ | \` and the backtick. */
const MARKS = new Set([STAR, TICK, UNDERSCORE, BACKSLASH, 0x7e, 0x7c]);
const [OPEN, SHUT, ROUND_OPEN, ROUND_SHUT, SPACE] = [0x5b, 0x5d, 0x28, 0x29, 0x20];

/**
 * Takes out what Discord shows as form, not as text: marks in rows, stars and backticks alone, and backslashes and underscores but
 * those between letters. Whether a mark has its partner is not asked, so that one look at each is enough.
 */
export function stripMarks(form: Form): void {
  const { units } = form;
  let to = 0;
  for (let at = 0; at < form.length; ) {
    let end = at;
    while (end < form.length && MARKS.has(units[end] ?? 0)) end++;
    if (end > at && !(end === at + 1 && staysAlone(form, at))) at = end;
    else form.move(at++, to++);
  }
  form.length = to;
}

function staysAlone(form: Form, at: number): boolean {
  const mark = form.units[at];
  if (mark === STAR || mark === TICK) return false;
  if (mark !== UNDERSCORE && mark !== BACKSLASH) return true;
  return at > 0 && at + 1 < form.length && isLetter(form, at - 1) && isLetter(form, at + 1);
}

/**
 * Reads `[text](address)` as the text, and the address beside it; where letters of the same word follow, the address is left out,
 * because there it is only put to part them.
 */
export function openLinks(form: Form): void {
  const opened: number[] = [];
  const ahead = new Ahead(form);
  let found = false;
  for (let at = 0; at < form.length; at++) {
    const unit = form.units[at];
    if (unit === OPEN) opened.push(at);
    if (unit !== SHUT) continue;
    const start = opened.pop();
    if (
      start === undefined ||
      at + 1 >= form.length ||
      form.units[at + 1] !== ROUND_OPEN ||
      !isEnclosed(form, start, at)
    )
      continue;
    const end = ahead.shut(at);
    if (end < 0) continue;
    open(form, start, at, end);
    at = end;
    found = true;
  }
  if (found) leaveOut(form);
}

function isEnclosed(form: Form, start: number, end: number): boolean {
  return isLetter(form, start + 1) && isLetter(form, end - 1);
}

function open(form: Form, start: number, middle: number, end: number): void {
  form.kinds[start] = Kind.nothing;
  if (isLetter(form, end + 1)) form.kinds.fill(Kind.nothing, middle, end + 1);
  else {
    form.kinds[middle + 1] = Kind.nothing;
    for (const at of [middle, end]) [form.units[at], form.kinds[at], form.like[at]] = [SPACE, Kind.space, 0];
  }
}

function leaveOut(form: Form): void {
  let to = 0;
  for (let at = 0; at < form.length; at++) if (form.kinds[at] !== Kind.nothing) form.move(at, to++);
  form.length = to;
}

/** The next round bracket that shuts, asked for places in their order, so that no unit is looked at twice. */
class Ahead {
  readonly #form: Form;
  #at = 0;

  constructor(form: Form) {
    this.#form = form;
  }

  /** -1 where there is none, or a space before it. */
  shut(from: number): number {
    const { units, length } = this.#form;
    this.#at = Math.max(this.#at, from);
    while (this.#at < length && units[this.#at] !== ROUND_SHUT && units[this.#at] !== SPACE) this.#at++;
    return units[this.#at] === ROUND_SHUT && this.#at < length ? this.#at : -1;
  }
}

function isLetter(form: Form, at: number): boolean {
  return at < form.length && isOfWords(form.kinds[at] ?? 0);
}
