import type { Finding } from '../report.ts';
import { safeText } from '../safe-text.ts';
import type { PdfDocument } from './document.ts';
import { Dict, nameOf, Ref, textOf, type Value } from './values.ts';

const MOST_CHAINED = 20;
const MOST_STARTS = 500;
const MOST_FILES = 100;
const MOST_LATER = 20_000;
const MOST_SCRIPTS = 20;
const MOST_EACH = 3;
const MOST_SCRIPT = 50_000;

/** A file that lies inside the document. */
export interface Embedded {
  readonly name: string;
  readonly stream: Dict;
}

interface Sinks {
  /** An address that a click opens, or that data is sent to. */
  readonly link: (target: string) => void;
  /** The source of a script. */
  readonly script: (text: string) => void;
}

/** Collects what a document could do, from every object in it, used or not. */
export class Actions {
  readonly #doc: PdfDocument;
  readonly #sinks: Sinks;
  readonly #starts: Value[] = [];
  readonly #files: Dict[] = [];
  /** Those whose parts are objects of their own, which may come later in the file. */
  readonly #later: Dict[] = [];
  readonly #findings = new Map<string, Finding[]>();
  #scripts = 0;
  #runsByItself = false;
  /** Objects of `/Type /Page`. */
  pages = 0;

  constructor(doc: PdfDocument, sinks: Sinks) {
    this.#doc = doc;
    this.#sinks = sinks;
  }

  /** Looks at an object and all that is written inside it. */
  look(value: Value): void {
    const stack: Value[] = [value];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (next instanceof Dict) {
        this.#dict(next);
        for (const inner of next.entries.values()) if (isNest(inner)) stack.push(inner);
      } else if (Array.isArray(next)) {
        for (const inner of next) if (isNest(inner)) stack.push(inner);
      }
    }
  }

  #dict(dict: Dict): void {
    const type = nameOf(dict.get('Type'));
    if (type === 'Page') this.pages++;
    if (PARTS.some((part) => dict.get(part) instanceof Ref)) {
      if (dict.entries.has('S') && this.#later.length < MOST_LATER) this.#later.push(dict);
    } else this.#action(dict);
    this.#start(dict.get('OpenAction'));
    if (type === 'Page' || type === 'Catalog') this.#start(dict.get('AA'));
    // The catalogue of names: its scripts run when the document opens.
    if (dict.entries.has('JavaScript')) this.#runsByItself = true;
    if (dict.entries.has('EF') && this.#files.length < MOST_FILES) this.#files.push(dict);
    if (dict.entries.has('XFA')) this.#note('pdf-form', 'safe', {});
    const subtype = nameOf(dict.get('Subtype'));
    if (subtype && MEDIA.has(subtype)) this.#note('pdf-media', 'careful', { kind: subtype });
  }

  #start(value: Value): void {
    if (value !== null && this.#starts.length < MOST_STARTS) this.#starts.push(value);
  }

  #script(code: Value): void {
    if (++this.#scripts > MOST_SCRIPTS) return;
    const text = code instanceof Dict ? this.#source(code) : textOf(code);
    if (text) this.#sinks.script(text.slice(0, MOST_SCRIPT));
  }

  #source(stream: Dict): string {
    return stream.streamAt < 0 ? '' : new TextDecoder('latin1').decode(this.#doc.decode(stream, MOST_SCRIPT).bytes);
  }

  #action(dict: Dict): void {
    const action = nameOf(this.#doc.resolve(dict.get('S')));
    if (action === 'JavaScript' || (action && dict.entries.has('JS'))) this.#script(this.#doc.resolve(dict.get('JS')));
    switch (action) {
      case 'URI':
        this.#sinks.link(textOf(this.#doc.resolve(dict.get('URI'))) ?? '');
        break;
      case 'Launch':
        this.#note('pdf-launch', 'dangerous', { file: this.#fileOf(dict) });
        break;
      case 'SubmitForm':
        this.#sinks.link(this.#fileOf(dict));
        this.#note('pdf-submit', 'careful', { file: this.#fileOf(dict) });
        break;
      case 'GoToR':
      case 'GoToE':
      case 'ImportData':
        this.#otherFile(this.#fileOf(dict));
        break;
    }
  }

  #otherFile(file: string): void {
    if (/^(?:\\\\|\/\/)/.test(file)) this.#note('pdf-opens-share', 'dangerous', { file });
    else this.#note('pdf-opens-file', 'careful', { file });
  }

  /** What an action is about: a string, a file's description, or what Windows is told to run. */
  #fileOf(dict: Dict): string {
    const named = this.#doc.dict(dict.get('Win')) ?? this.#doc.dict(dict.get('F')) ?? dict;
    const [name, more] = [named.get('UF', 'F', 'DOS', 'Unix'), named.get('P')].map((part) =>
      textOf(this.#doc.resolve(part)),
    );
    return `${name ?? '?'} ${more ?? ''}`.trim();
  }

  #note(code: Finding['code'], level: Finding['level'], params: Readonly<Record<string, string>>): void {
    const before = this.#findings.get(code) ?? [];
    const safe = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, safeText(value, 100)]));
    if (before.length >= MOST_EACH || before.some((one) => JSON.stringify(one.params) === JSON.stringify(safe))) return;
    this.#findings.set(code, [...before, { code, level, params: safe }]);
  }

  /** Looks again at what was put off; call it when every object was looked at. */
  settle(): void {
    this.#runsByItself ||= this.#starts.some((start) => this.#startsScript(start));
    for (const start of this.#starts) {
      const link = this.#linkIn(start);
      if (link !== undefined) this.#note('pdf-opens-link', 'careful', { link });
    }
    for (const dict of this.#later.splice(0)) this.#action(dict);
  }

  findings(): readonly Finding[] {
    const others = [...this.#findings.values()].flat();
    if (this.#scripts === 0) return others;
    const runs = this.#runsByItself;
    return [
      { code: runs ? 'pdf-script-runs' : 'pdf-script', level: runs ? 'dangerous' : 'careful', params: {} },
      ...others,
    ];
  }

  /** An action, a dictionary of actions, or a chain of them. */
  #startsScript(start: Value): boolean {
    const stack: Value[] = [start];
    for (let looked = 0; stack.length > 0 && looked < 50; looked++) {
      const value = this.#doc.resolve(stack.pop() ?? null);
      const isScript =
        value instanceof Dict &&
        (nameOf(this.#doc.resolve(value.get('S'))) === 'JavaScript' || value.entries.has('JS'));
      if (isScript) return true;
      const parts = value instanceof Dict ? [...value.entries.values()] : Array.isArray(value) ? value : [];
      stack.push(...parts.filter((part) => part instanceof Ref || isNest(part)).slice(0, 20));
    }
    return false;
  }

  /** Where an action leads by itself, or one of those that a dictionary of actions has, or one that follows. No page that is shown. */
  #linkIn(start: Value): string | undefined {
    const stack: Value[] = [start];
    for (let looked = 0; stack.length > 0 && looked < MOST_CHAINED; looked++) {
      const value = this.#doc.resolve(stack.pop() ?? null);
      if (!(value instanceof Dict)) continue;
      const action = nameOf(this.#doc.resolve(value.get('S')));
      if (action === 'URI') return textOf(this.#doc.resolve(value.get('URI'))) ?? '?';
      const next = action === undefined ? [...value.entries.values()] : this.#doc.resolve(value.get('Next'));
      stack.push(...(Array.isArray(next) ? next.slice(0, MOST_CHAINED) : [next]));
    }
    return undefined;
  }

  /** Files inside, each stream once. */
  *embedded(): Generator<Embedded, void, undefined> {
    const seen = new Set<number>();
    for (const spec of this.#files) {
      const files = this.#doc.dict(spec.get('EF'));
      const stream = files && this.#doc.dict(files.get('UF', 'F', 'DOS', 'Unix', 'Mac'));
      if (!stream || stream.streamAt < 0 || seen.has(stream.streamAt)) continue;
      seen.add(stream.streamAt);
      yield { name: textOf(this.#doc.resolve(spec.get('UF', 'F', 'DOS', 'Unix'))) ?? '?', stream };
    }
  }
}

/** The parts of an action that matter here. */
const PARTS = ['S', 'JS', 'URI', 'F', 'Win'];
const MEDIA: ReadonlySet<string> = new Set(['RichMedia', '3D', 'Movie', 'Screen', 'Sound']);

function isNest(value: Value): boolean {
  return value instanceof Dict || Array.isArray(value);
}
