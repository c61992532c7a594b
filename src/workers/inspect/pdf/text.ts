import type { Budget } from '../budget.ts';
import type { PdfDocument } from './document.ts';
import { type Font, fontOf } from './font.ts';
import { isWhite, Lexer } from './lexer.ts';
import type { Spot } from './page-links.ts';
import { Pen } from './pen.ts';
import { type Dict, nameOf, Text, type Value, Word } from './values.ts';

const MOST_CONTENT = 1_000_000;
/** No honest page is packed this well. */
const BOMB_RATIO = 150;
const MOST_OPERANDS = 2_000;
const MOST_FORMS = 40;
/** In thousandths of the letters' height: a gap this wide is a space. */
const SPACE = -180;
const SAME_LINE = 2;
const MOST_SPOTS = 5_000;

export interface Page {
  readonly dict: Dict;
  readonly resources: Dict | undefined;
}

/** The text of pages in the order it is drawn, lines guessed from how far the pen moves. */
export class PageText {
  readonly #doc: PdfDocument;
  readonly #budget: Budget;
  readonly #most: number;
  readonly #fonts = new Map<Dict, Font>();
  readonly #open = new Set<Dict>();
  #forms = 0;
  #font: Font = (codes) => codes;
  #line = Number.NaN;
  #pen = new Pen();
  #wantsSpots = false;
  /** Where the texts of the last page begin, when they were asked for. */
  spots: Spot[] = [];
  readonly #pieces: string[] = [];
  #length = 0;
  /** Contents that unpack to far more than any page needs. */
  bombs = 0;

  constructor(doc: PdfDocument, budget: Budget, most: number) {
    this.#doc = doc;
    this.#budget = budget;
    this.#most = most;
  }

  get full(): boolean {
    return this.#length >= this.#most;
  }

  /** In UTF-16 units, of what has been read until now. */
  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#pieces.join('');
  }

  get #enough(): boolean {
    return this.full && !this.#wantsSpots;
  }

  /** With `wantsSpots`, all of the page is read, even when there is text enough. */
  add({ dict, resources }: Page, wantsSpots = false): void {
    [this.#pen, this.#wantsSpots, this.spots] = [new Pen(), wantsSpots, []];
    const contents = this.#doc.resolve(dict.get('Contents'));
    const streams = Array.isArray(contents) ? contents.slice(0, 1_000) : [contents];
    for (const stream of streams) {
      const found = this.#doc.dict(stream);
      if (found && found.streamAt >= 0) this.#content(found, resources);
      if (this.#enough) return;
    }
    this.#break('\n');
  }

  #content(stream: Dict, resources: Dict | undefined): void {
    const { bytes, state } = this.#doc.decode(stream, MOST_CONTENT);
    if (state === 'cut' && this.#doc.isBomb(stream, BOMB_RATIO)) this.bombs++;
    const lexer = new Lexer(bytes, this.#budget);
    let operands: Value[] = [];
    for (let value = lexer.value(); value !== undefined && !this.#enough; value = lexer.value()) {
      if (!(value instanceof Word)) {
        if (operands.length < MOST_OPERANDS) operands.push(value);
        continue;
      }
      if (value.word === 'ID') skipImage(bytes, lexer);
      else this.#operator(value.word, operands, resources);
      operands = [];
    }
  }

  #operator(word: string, operands: readonly Value[], resources: Dict | undefined): void {
    this.#pen.follow(word, operands);
    switch (word) {
      case 'Tf':
        this.#font = this.#fontNamed(nameOf(operands[0] ?? null), resources);
        break;
      case "'":
      case '"':
        this.#break('\n');
        this.#show(operands.at(-1));
        break;
      case 'Tj':
        this.#show(operands[0]);
        break;
      case 'TJ':
        this.#showAll(operands[0]);
        break;
      case 'Td':
      case 'TD':
        this.#break(Math.abs(numberAt(operands, 1)) > 0.01 ? '\n' : ' ');
        break;
      case 'T*':
        this.#break('\n');
        break;
      case 'Tm':
        this.#moveTo(numberAt(operands, 5));
        break;
      case 'ET':
        this.#break(' ');
        break;
      case 'Do':
        this.#form(nameOf(operands[0] ?? null), resources);
        break;
    }
  }

  #fontNamed(name: string | undefined, resources: Dict | undefined): Font {
    const dict =
      name === undefined
        ? undefined
        : this.#doc.dict(this.#doc.dict(resources?.get('Font') ?? null)?.get(name) ?? null);
    if (!dict) return fontOf(this.#doc, this.#budget, undefined);
    const known = this.#fonts.get(dict);
    if (known) return known;
    const font = fontOf(this.#doc, this.#budget, dict);
    this.#fonts.set(dict, font);
    return font;
  }

  #show(value: Value | undefined): void {
    if (!(value instanceof Text)) return;
    const text = this.#font(value.bytes.slice(0, this.#most * 4));
    if (!this.full) this.#write(text);
    if (this.#wantsSpots && this.spots.length < MOST_SPOTS) this.spots.push({ ...this.#pen.at, text });
  }

  #showAll(value: Value | undefined): void {
    if (!Array.isArray(value)) return;
    for (const item of value) {
      if (this.#enough) return;
      if (typeof item === 'number' && item < SPACE) this.#break(' ');
      else this.#show(item);
    }
  }

  #moveTo(line: number): void {
    this.#break(Math.abs(line - this.#line) > SAME_LINE || Number.isNaN(this.#line) ? '\n' : ' ');
    this.#line = line;
  }

  /** A drawing of its own inside the page; those that draw themselves are drawn once. */
  #form(name: string | undefined, resources: Dict | undefined): void {
    if (name === undefined) return;
    const form = this.#doc.dict(this.#doc.dict(resources?.get('XObject') ?? null)?.get(name) ?? null);
    if (!form || form.streamAt < 0 || nameOf(this.#doc.resolve(form.get('Subtype'))) !== 'Form') return;
    if (this.#open.has(form) || this.#open.size >= 4 || this.#forms++ >= MOST_FORMS) return;
    this.#open.add(form);
    this.#content(form, this.#doc.dict(form.get('Resources')) ?? resources);
    this.#open.delete(form);
  }

  #write(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#length += text.length;
  }

  #break(kind: '\n' | ' '): void {
    const last = this.#pieces.at(-1);
    const end = last?.at(-1);
    if (last === undefined || end === '\n' || end === kind) return;
    if (end === ' ') this.#pieces[this.#pieces.length - 1] = `${last.slice(0, -1)}\n`;
    else this.#write(kind);
  }
}

function numberAt(operands: readonly Value[], at: number): number {
  const value = operands[at];
  return typeof value === 'number' ? value : 0;
}

/** A picture inside the drawing goes to `EI` between white space. */
function skipImage(bytes: Uint8Array, lexer: Lexer): void {
  for (let at = lexer.at; at + 2 < bytes.length; at++) {
    if (bytes[at] === 0x45 && bytes[at + 1] === 0x49 && isWhite(bytes[at - 1]) && isWhite(bytes[at + 2])) {
      lexer.at = at + 2;
      return;
    }
  }
  lexer.at = bytes.length;
}
