import type { Surroundings } from './surroundings.ts';
import type { Element, Handlers } from './xml.ts';

/** Much more than is shown: all of it is searched. */
const MOST_TEXT = 200_000;
const MOST_RUN = 4_000;

/** Hears the XML of a slide: its text, its links with the words they stand on, and what a click or a touch starts. */
export class SlideText {
  readonly #part: string;
  readonly #around: Surroundings;
  #target = '';
  #run = '';
  #inText = false;
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
    if (name === 't') this.#inText = true;
    if (name === 'r') [this.#target, this.#run] = ['', ''];
    if (name !== 'hlinkClick' && name !== 'hlinkHover' && name !== 'hlinkMouseOver') return;
    const target = this.#around.relations.target(this.#part, get('id'));
    const action = get('action') ?? '';
    if (/^ppaction:\/\/(?:program|ole)/i.test(action))
      this.#around.findings.add('slide-runs', 'dangerous', { file: target });
    if (/^ppaction:\/\/macro/i.test(action)) this.#around.findings.add('slide-runs', 'dangerous', { file: action });
    this.#target = target;
  }

  #close(name: string): void {
    if (name === 't') this.#inText = false;
    if (name === 'p' && this.text.length < MOST_TEXT) this.text += '\n';
    if (name !== 'r' || this.#target === '') return;
    this.#around.links.add(this.#target, this.#run);
    this.#target = '';
  }

  #hear(text: string): void {
    if (!this.#inText) return;
    if (this.text.length < MOST_TEXT) this.text += text;
    if (this.#run.length < MOST_RUN) this.#run += text;
  }
}
