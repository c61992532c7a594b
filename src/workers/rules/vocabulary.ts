import { buildAutomaton } from '../words/automaton.ts';
import { MOST_STATES } from '../words/limits.ts';
import { readTerm, type TermForm } from '../words/read-term.ts';
import type { Term } from '../words/term.ts';
import { Broken } from './broken.ts';
import { type FormName, GROUPS, type Head } from './program.ts';
import type { Room } from './room.ts';

type Spelt = Omit<Term, 'scope'>;

/** A list that a trigger names, and where it does so. */
interface Named {
  readonly name: string;
  readonly entries: () => Iterable<string>;
  readonly path: string;
}

/** What is searched for in texts of one form. */
interface Form {
  readonly terms: Term[];
  readonly meanings: number[];
  /** Each text once, since those that are the same share their letters. */
  readonly texts: Set<string>;
  letters: number;
}

const FORMS: readonly FormName[] = ['canonical', 'leet', 'small'];
/** At most, of a term: what is kept of it whether its letters are new or not; by letter what finds it, and what its wildcards take. */
const BYTES = { term: 40, letter: 16, wild: 12 };

/**
 * All that a server's rules look for in texts. The terms of a list are there once for each way of looking for them, however many triggers name
 * it; what a trigger says besides has a scope of its own, which takes the list's in.
 */
export class Vocabulary {
  readonly #room: Room;
  readonly #forms: Readonly<Record<FormName, Form>> = { canonical: newForm(), leet: newForm(), small: newForm() };
  /** By the name of a list and the form of texts. */
  readonly #spelt = new Map<string, readonly Spelt[]>();
  /** By the name of a list and how it is looked for: its scope. */
  readonly #listed = new Map<string, number>();
  readonly #takers = new Map<number, number[]>();
  #scopes = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** The scope of terms that are looked for together, with those of a list. Broken where there is no room for them. */
  words(own: readonly Spelt[], list: Named | undefined, form: TermForm & { readonly path: string }): number {
    const listed = list && this.#list(list, form);
    const scope = listed !== undefined && own.length === 0 ? listed : this.#scopes++;
    if (scope !== listed && !this.#add(own, scope, formOf(form))) throw new Broken(form.path, 'tooMuch');
    if (listed === undefined) return scope;
    const takers = this.#takers.get(listed) ?? [];
    if (!takers.includes(scope)) this.#takers.set(listed, [...takers, scope]);
    return scope;
  }

  /** The letters without which a pattern matches nowhere, group by group. Broken where there is no room for them. */
  literals(groups: readonly (readonly string[])[], pattern: number, form: FormName, path: string): void {
    for (const [group, texts] of groups.entries()) {
      const terms = texts.map((text): Spelt => ({ text, kind: 'literal' }));
      const meaning = -1 - (pattern * GROUPS + group);
      if (!this.#add(terms, undefined, form, meaning)) throw new Broken(path, 'tooMuch');
    }
  }

  takers(): Head['takers'] {
    return [...this.#takers];
  }

  /** What finds all of it, by form; forms of which there is nothing are left out. */
  built() {
    return FORMS.flatMap((form) => {
      const { terms, meanings } = this.#forms[form];
      return terms.length === 0 ? [] : [{ form, automaton: buildAutomaton(terms), meanings }];
    });
  }

  #list({ name, entries, path }: Named, { kind, leet }: TermForm): number {
    const form = formOf({ leet });
    const key = `${kind} ${form} ${name}`;
    const known = this.#listed.get(key);
    if (known !== undefined) return known;
    const spelt = this.#spelt.get(`${form} ${name}`) ?? spell(entries(), { kind, leet });
    this.#spelt.set(`${form} ${name}`, spelt);
    const scope = this.#scopes++;
    const terms = spelt.map((term) => ({ ...term, kind }));
    if (!this.#add(terms, scope, form)) throw new Broken(path, 'listTooLarge', { name });
    this.#listed.set(key, scope);
    return scope;
  }

  /** All of them, or none where there is no room. */
  #add(terms: readonly Spelt[], scope: number | undefined, name: FormName, meaning = 0): boolean {
    const form = this.#forms[name];
    const fresh = new Set(terms.map(({ text }) => text)).difference(form.texts);
    const letters = lettersOf(fresh);
    const wild = terms.reduce((sum, { text }) => sum + (/[*?]/.test(text) ? text.length : 0), 0);
    const bytes = letters * BYTES.letter + terms.length * BYTES.term + wild * BYTES.wild;
    if (form.letters + letters >= MOST_STATES || !this.#room.take(bytes)) return false;
    form.letters += letters;
    for (const text of fresh) form.texts.add(text);
    for (const term of terms) {
      form.terms.push(scope === undefined ? term : { ...term, scope });
      form.meanings.push(meaning);
    }
    return true;
  }
}

function newForm(): Form {
  return { terms: [], meanings: [], texts: new Set(), letters: 0 };
}

function formOf({ leet }: Pick<TermForm, 'leet'>): FormName {
  return leet ? 'leet' : 'canonical';
}

/** It was fit when it was imported; what is not any more is left out. */
function spell(entries: Iterable<string>, form: TermForm): readonly Spelt[] {
  const spelt: Spelt[] = [];
  for (const entry of entries) {
    const term = readTerm(entry, form);
    if (typeof term !== 'string') spelt.push(term);
  }
  return spelt;
}

function lettersOf(texts: Iterable<string>): number {
  let letters = 0;
  for (const text of texts) letters += text.length;
  return letters;
}
