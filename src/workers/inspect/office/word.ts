import { judgeField } from './fields.ts';
import type { Surroundings } from './surroundings.ts';
import type { Element, Handlers } from './xml.ts';

/** Much more than is shown: all of it is searched. */
const MOST_TEXT = 200_000;
const MOST_PIECE = 4_000;
const DEEPEST_FIELD = 20;

interface Field {
  code: string;
  shown: string;
  /** Behind its separator stands what readers see of it. */
  result: boolean;
}

interface Anchor {
  readonly target: string;
  shown: string;
}

/** Hears the XML of a text document: its text for a preview, its links with the words they stand on, its fields. */
export class WordText {
  readonly #part: string;
  readonly #around: Surroundings;
  readonly #fields: Field[] = [];
  readonly #anchors: Anchor[] = [];
  #inside: 'text' | 'code' | undefined;
  text = '';

  constructor(part: string, around: Surroundings) {
    this.#part = part;
    this.#around = around;
  }

  readonly handlers: Handlers = {
    open: (element) => this.#open(element),
    close: (name) => this.#close(name),
    text: (text) => this.#hear(text),
  };

  #open({ name, get }: Element): void {
    switch (name) {
      case 't':
        this.#inside = 'text';
        break;
      case 'instrText':
        this.#inside = 'code';
        break;
      case 'tab':
        this.#show('\t');
        break;
      case 'br':
      case 'cr':
        this.#show('\n');
        break;
      case 'hyperlink':
        this.#anchors.push({ target: this.#around.relations.target(this.#part, get('id')), shown: '' });
        break;
      case 'fldSimple':
        judgeField(get('instr') ?? '', '', this.#around.findings, this.#around.links);
        break;
      case 'fldChar':
        this.#field(get('fldCharType'));
        break;
    }
  }

  #close(name: string): void {
    if (name === 't' || name === 'instrText') this.#inside = undefined;
    if (name === 'p') this.#show('\n');
    if (name !== 'hyperlink') return;
    const anchor = this.#anchors.pop();
    if (anchor?.target) this.#around.links.add(anchor.target, anchor.shown);
  }

  #hear(text: string): void {
    const field = this.#fields.at(-1);
    if (this.#inside === 'code' && field && field.code.length < MOST_PIECE) field.code += text;
    if (this.#inside === 'text') this.#show(text);
  }

  #show(text: string): void {
    if (this.text.length < MOST_TEXT) this.text += text;
    const field = this.#fields.at(-1);
    if (field?.result && field.shown.length < MOST_PIECE) field.shown += text;
    const anchor = this.#anchors.at(-1);
    if (anchor && anchor.shown.length < MOST_PIECE) anchor.shown += text;
  }

  #field(step: string | undefined): void {
    const field = this.#fields.at(-1);
    if (step === 'begin' && this.#fields.length < DEEPEST_FIELD)
      this.#fields.push({ code: '', shown: '', result: false });
    else if (step === 'separate' && field) field.result = true;
    else if (step === 'end' && field) {
      this.#fields.pop();
      judgeField(field.code, field.shown, this.#around.findings, this.#around.links);
      // What a field inside a field comes to is part of what the outer one says.
      const outer = this.#fields.at(-1);
      if (outer && !outer.result && outer.code.length < MOST_PIECE) outer.code += field.shown;
    }
  }

  /** Fields that are never closed count as well. */
  end(): void {
    const { findings, links } = this.#around;
    for (const { code, shown } of this.#fields.splice(0)) judgeField(code, shown, findings, links);
  }
}
