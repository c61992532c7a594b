import type { Budget } from '../budget.ts';
import { unescaped, XmlError } from './xml.ts';

const TAGS_A_TICK = 4_096;
const LONGEST_TEXT = 1_000;
const CDATA = '<![CDATA[';
/** An attribute that is not written as nearly all are: ` name="value"`. */
const UNUSUAL = /['\t\r\n:]|= | =/;

/**
 * The tags of a part one after another, found rather than parsed: sheets are too long for a parser. XmlError where a
 * document type is declared.
 */
export class Tags {
  readonly #text: string;
  readonly #budget: Budget;
  #at: number;
  #seen = 0;
  #from = 0;
  #to = 0;
  /** Cut out of the text when somebody asks for it. */
  #attributes: string | undefined;
  /** Without its prefix. */
  name = '';
  kind: 'opens' | 'closes' | 'empty' = 'opens';

  constructor(text: string, budget: Budget, start = 0) {
    this.#text = text;
    this.#budget = budget;
    this.#at = start;
  }

  /** Goes on to the next tag; false when there is none. */
  next(): boolean {
    if (++this.#seen % TAGS_A_TICK === 0) this.#budget.checkTime();
    for (;;) {
      const start = this.#text.indexOf('<', this.#at);
      if (start === -1) return false;
      const code = this.#text.charCodeAt(start + 1);
      if (code !== 33 && code !== 63) return this.#tag(start);
      if (!this.#skipAside(start)) return false;
    }
  }

  #tag(start: number): boolean {
    const text = this.#text;
    const end = text.indexOf('>', start);
    if (end === -1) return false;
    const closes = text.charCodeAt(start + 1) === 47;
    let from = closes ? start + 2 : start + 1;
    let stop = from;
    for (; stop < end; stop++) {
      const code = text.charCodeAt(stop);
      if (code <= 32 || code === 47) break;
      if (code === 58) from = stop + 1;
    }
    this.name = text.slice(from, stop);
    this.#from = stop;
    this.#to = end;
    this.#attributes = undefined;
    this.kind = closes ? 'closes' : text.charCodeAt(end - 1) === 47 ? 'empty' : 'opens';
    this.#at = end + 1;
    return true;
  }

  /** Comments, instructions and literals are no tags. */
  #skipAside(start: number): boolean {
    const mark = this.#text.charCodeAt(start + 1) === 63 ? '?>' : this.#text.startsWith(CDATA, start) ? ']]>' : '-->';
    if (mark === '-->' && !this.#text.startsWith('<!--', start)) throw new XmlError('a document type');
    const end = this.#text.indexOf(mark, start + 2);
    this.#at = end === -1 ? this.#text.length : end + mark.length;
    return end !== -1;
  }

  /** The value of an attribute of this tag. */
  get(name: string): string | undefined {
    this.#attributes ??= this.#text.slice(this.#from, this.#to);
    if (!this.#attributes.includes(name)) return undefined;
    const usual = this.#attributes.indexOf(` ${name}="`);
    if (usual !== -1) {
      const from = usual + name.length + 3;
      return unescaped(this.#attributes.slice(from, this.#attributes.indexOf('"', from)));
    }
    if (!UNUSUAL.test(this.#attributes)) return undefined;
    const found = new RegExp(`[\\s:]${name}\\s{0,9}=\\s{0,9}(?:"([^"]*)"|'([^']*)')`).exec(this.#attributes);
    return found ? unescaped(found[1] ?? found[2] ?? '') : undefined;
  }

  /** What stands between this tag and the next one, up to a thousand characters of it. */
  text(): string {
    const next = this.#text.indexOf('<', this.#at);
    const end = next === -1 ? this.#text.length : next;
    const text = unescaped(this.#text.slice(this.#at, Math.min(end, this.#at + LONGEST_TEXT)));
    return this.#text.charCodeAt(end + 1) === 33 ? `${text}${this.#literals(end)}` : text;
  }

  /** Literals that stand here one after another, and what is between them. */
  #literals(start: number): string {
    let out = '';
    for (let at = start; this.#text.startsWith(CDATA, at) && out.length < LONGEST_TEXT; ) {
      const close = this.#text.indexOf(']]>', at);
      if (close === -1) break;
      const next = this.#text.indexOf('<', close);
      const end = next === -1 ? this.#text.length : next;
      out += this.#text.slice(at + CDATA.length, Math.min(close, at + LONGEST_TEXT));
      out += unescaped(this.#text.slice(close + 3, Math.min(end, close + LONGEST_TEXT)));
      at = end;
    }
    return out;
  }
}
