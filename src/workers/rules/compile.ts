import { packDomains } from '../../lib/links/domain-list.ts';
import { needsOf } from '../patterns/literals.ts';
import { nativePattern } from '../patterns/native.ts';
import { Pattern } from '../patterns/pattern.ts';
import { PatternError } from '../patterns/problem.ts';
import { respell } from '../patterns/spell.ts';
import { buildAutomaton } from '../words/automaton.ts';
import { entriesOf, type ListKind } from '../words/list.ts';
import { readTerm } from '../words/read-term.ts';
import type { Term } from '../words/term.ts';
import { problemsOf } from './check.ts';
import type { RuleProblem } from './problem.ts';
import {
  type CompiledTrigger,
  type FormName,
  type FormPlace,
  GROUPS,
  type Head,
  layProgram,
  type Node,
  type ProgramPattern,
  type ProgramRule,
} from './program.ts';
import type { Condition, Rule, Trigger, TriggerOf } from './schema.ts';

/** A server's lists by name, as they are kept: an entry a line. */
export type Lists = ReadonlyMap<string, { readonly kind: ListKind; readonly bytes: Uint8Array }>;

export interface Compiled {
  readonly buffer: SharedArrayBuffer;
  /** What keeps single rules from being used, by their place. */
  readonly problems: readonly { readonly rule: number; readonly problem: RuleProblem }[];
  /** Whether a rule asks for the lists of dangerous domains. */
  readonly listed: boolean;
}

/** Compiles rules, JSON each. What is wrong with one leaves the others as they are. TermsError when the words need too much memory. */
export function compile(rules: readonly string[], lists: Lists): Compiled {
  const compiler = new Compiler(lists);
  for (const text of rules) compiler.add(text);
  return compiler.done();
}

/** Thrown where a rule cannot be used, and caught where the rule was begun. */
class Broken extends Error {
  readonly problem: RuleProblem;

  constructor(path: string, code: RuleProblem['code'], params: RuleProblem['params'] = {}) {
    super(code);
    this.problem = { path, code, params };
  }
}

/** What is searched for in texts of one form. */
interface Form {
  readonly terms: Term[];
  readonly meanings: number[];
}

class Compiler {
  readonly #lists: Lists;
  readonly #rules: (ProgramRule | null)[] = [];
  readonly #problems: { readonly rule: number; readonly problem: RuleProblem }[] = [];
  readonly #triggers: CompiledTrigger[] = [];
  /** By the JSON of a trigger: its number. Rules that look for the same look once. */
  readonly #known = new Map<string, number>();
  readonly #patterns: ProgramPattern[] = [];
  readonly #forms: Readonly<Record<FormName, Form>> = {
    canonical: { terms: [], meanings: [] },
    leet: { terms: [], meanings: [] },
    small: { terms: [], meanings: [] },
  };
  readonly #tables: { readonly at: number; readonly part: Int32Array | readonly number[] }[] = [];
  /** Of the tables, in integers. */
  #size = 0;
  #sets = 0;
  /** Whether a rule deletes what is nearly the same. */
  #copies = false;

  constructor(lists: Lists) {
    this.#lists = lists;
  }

  add(text: string): void {
    try {
      this.#rules.push(this.#rule(text));
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.#problems.push({ rule: this.#rules.length, problem: error.problem });
      this.#rules.push(null);
    }
  }

  done(): Compiled {
    const forms = FORMS.flatMap((form): readonly FormPlace[] => {
      const { terms, meanings } = this.#forms[form];
      return terms.length === 0
        ? []
        : [{ form, automaton: this.#put(buildAutomaton(terms)), meanings: this.#put(meanings) }];
    });
    const head: Head = {
      rules: this.#rules,
      triggers: this.#triggers,
      patterns: this.#patterns,
      forms,
      sets: this.#sets,
      prints: this.#copies || this.#triggers.some(({ type }) => type === 'flood'),
    };
    const laid = layProgram(head, this.#size);
    for (const { at, part } of this.#tables) laid.tables.set(part, at);
    const listed = this.#triggers.some((trigger) => trigger.type === 'link' && trigger.which === 'listed');
    return { buffer: laid.buffer, problems: this.#problems, listed };
  }

  #rule(text: string): ProgramRule {
    const rule = JSON.parse(text) as Rule; // looked through by the next line
    const [problem] = problemsOf(rule);
    if (problem) throw new Broken(problem.path, problem.code, problem.params);
    const { enabled = true, on, except, when, actions = [] } = rule;
    this.#copies ||= enabled && actions.some((action) => action.do === 'delete-copies');
    let own = 0;
    const node = (condition: Condition, path: string): Node => {
      if ('type' in condition) return [this.#trigger(condition, path), own++];
      if ('not' in condition) return { not: node(condition.not, `${path}/not`) };
      const all = (parts: readonly Condition[], at: string) => parts.map((part, index) => node(part, `${at}/${index}`));
      return 'all' in condition
        ? { all: all(condition.all, `${path}/all`) }
        : { any: all(condition.any, `${path}/any`) };
    };
    const { roles, channels, members } = except;
    const [onMessage, onEdit] = [on.includes('message'), on.includes('edit')];
    return { enabled, onMessage, onEdit, roles, channels, members, when: node(when, '/when') };
  }

  #trigger(trigger: Trigger, path: string): number {
    const key = JSON.stringify(trigger);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const compiled = this.#compiled(trigger, path);
    this.#known.set(key, this.#triggers.length);
    this.#triggers.push(compiled);
    return this.#triggers.length - 1;
  }

  #compiled(trigger: Trigger, path: string): CompiledTrigger {
    switch (trigger.type) {
      case 'words':
        return this.#words(trigger, path);
      case 'pattern':
        return this.#pattern(trigger, path);
      case 'link':
        return this.#link(trigger, path);
      default:
        return trigger;
    }
  }

  #words(
    { list, terms = [], match: kind, leet = false, except = [] }: TriggerOf<'words'>,
    path: string,
  ): CompiledTrigger {
    const own = [...terms, ...except.map((term) => `!${term}`)];
    const read = own.map((term, index) => {
      const spelt = readTerm(term, { kind, leet });
      if (typeof spelt !== 'string') return spelt;
      const at = index < terms.length ? `terms/${index}` : `except/${index - terms.length}`;
      throw new Broken(`${path}/${at}`, 'term', { term });
    });
    const listed = list === undefined ? [] : this.#entries(list, 'words', `${path}/list`);
    const scope = this.#sets++;
    const form = this.#forms[leet ? 'leet' : 'canonical'];
    const put = (term: Omit<Term, 'scope'>) => {
      form.terms.push({ ...term, scope });
      form.meanings.push(scope);
    };
    for (const term of read) put(term);
    for (const entry of listed) {
      const term = readTerm(entry, { kind, leet });
      if (typeof term !== 'string') put(term); // it was fit when it was imported; what is not any more is left out
    }
    return { type: 'words', set: scope };
  }

  #pattern({ source, ignoreCase, of, engine }: TriggerOf<'pattern'>, path: string): CompiledTrigger {
    const pattern = this.#patterns.length;
    const needs = needsIn(source, { ignoreCase, engine }, path);
    const form = this.#forms[of === 'canonical' ? 'canonical' : 'small'];
    for (const [group, texts] of needs.entries())
      for (const text of texts) {
        form.terms.push({ text, kind: 'literal' });
        form.meanings.push(-1 - (pattern * GROUPS + group));
      }
    this.#patterns.push({ source, ignoreCase, of, engine, groups: needs.length });
    return { type: 'pattern', pattern };
  }

  #link({ which, domains, list }: TriggerOf<'link'>, path: string): CompiledTrigger {
    const listed = list === undefined ? undefined : packDomains(this.#entries(list, 'domains', `${path}/list`));
    const hosts = domains?.map((domain) => hostOf(domain) ?? domain);
    return { type: 'link', which, hosts, packed: listed && this.#put(new Int32Array(listed)) };
  }

  #entries(name: string, kind: ListKind, path: string): Iterable<string> {
    const list = this.#lists.get(name);
    if (!list) throw new Broken(path, 'noSuchList', { name });
    if (list.kind !== kind) throw new Broken(path, kind === 'words' ? 'notOfWords' : 'notOfDomains', { name });
    return entriesOf(list.bytes);
  }

  /** Into the tables, where eight bytes begin. */
  #put(part: Int32Array | readonly number[]): readonly [from: number, to: number] {
    const from = this.#size;
    this.#tables.push({ at: from, part });
    this.#size += part.length + (part.length % 2);
    return [from, from + part.length];
  }
}

const FORMS: readonly FormName[] = ['canonical', 'leet', 'small'];

/** The letters without which a pattern matches nowhere, as the engine reads it that will run it. */
function needsIn(
  source: string,
  { ignoreCase, engine }: Pick<TriggerOf<'pattern'>, 'ignoreCase' | 'engine'>,
  path: string,
): readonly (readonly string[])[] {
  try {
    if (engine === 'linear') new Pattern(source, ignoreCase);
    else nativePattern(source, ignoreCase);
    return needsOf(engine === 'linear' ? respell(source) : source, ignoreCase).slice(0, GROUPS);
  } catch (error) {
    if (error instanceof PatternError) throw new Broken(path, 'pattern');
    throw error;
  }
}

/** A domain as addresses have it, in ASCII. */
function hostOf(domain: string): string | undefined {
  return URL.parse(`http://${domain}`)?.hostname.replace(/\.$/, '');
}
