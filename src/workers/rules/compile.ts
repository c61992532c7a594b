import { packDomains } from '../../lib/links/domain-list.ts';
import { needsOf } from '../patterns/literals.ts';
import { nativePattern } from '../patterns/native.ts';
import { Pattern } from '../patterns/pattern.ts';
import { PatternError } from '../patterns/problem.ts';
import { respell } from '../patterns/spell.ts';
import { entriesOf, type ListKind } from '../words/list.ts';
import { readTerm } from '../words/read-term.ts';
import { Broken } from './broken.ts';
import { problemsOf } from './check.ts';
import { LONGEST_RULE, LONGEST_RULES } from './limits.ts';
import type { RuleProblem } from './problem.ts';
import {
  type CompiledTrigger,
  type FormPlace,
  GROUPS,
  type Head,
  layProgram,
  type Node,
  type ProgramPattern,
  type ProgramRule,
} from './program.ts';
import { Room } from './room.ts';
import type { Condition, Rule, Trigger, TriggerOf } from './schema.ts';
import { Vocabulary } from './vocabulary.ts';

/** A server's lists by name, as they are kept: an entry a line. */
export type Lists = ReadonlyMap<string, { readonly kind: ListKind; readonly bytes: Uint8Array }>;

export interface Compiled {
  readonly buffer: SharedArrayBuffer;
  /** What keeps single rules from being used, by their place. */
  readonly problems: readonly { readonly rule: number; readonly problem: RuleProblem }[];
  /** Whether a rule asks for the lists of dangerous domains. */
  readonly listed: boolean;
}

/**
 * Compiles rules, JSON each. What is wrong with one leaves the others as they are; so does one that is more than there is room for beside those
 * before it.
 */
export function compile(rules: readonly string[], lists: Lists): Compiled {
  const compiler = new Compiler(lists);
  for (const text of rules) compiler.add(text);
  return compiler.done();
}

/** In integers from the start of the tables. */
type Place = readonly [from: number, to: number];

class Compiler {
  readonly #lists: Lists;
  readonly #rules: (ProgramRule | null)[] = [];
  readonly #problems: { readonly rule: number; readonly problem: RuleProblem }[] = [];
  readonly #triggers: CompiledTrigger[] = [];
  /** By the JSON of a trigger: its number. Rules that look for the same look once. */
  readonly #known = new Map<string, number>();
  readonly #patterns: ProgramPattern[] = [];
  readonly #room = new Room();
  readonly #vocabulary = new Vocabulary(this.#room);
  /** By list of domains: where it lies. */
  readonly #packed = new Map<string, Place>();
  readonly #tables: { readonly at: number; readonly part: Int32Array | readonly number[] }[] = [];
  /** Of the tables, in integers. */
  #size = 0;
  /** Letters of the rules themselves. */
  #letters = 0;
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
    const forms = this.#vocabulary.built().map(
      ({ form, automaton, meanings }): FormPlace => ({
        form,
        automaton: this.#put(automaton),
        meanings: this.#put(meanings),
      }),
    );
    const head: Head = {
      rules: this.#rules,
      triggers: this.#triggers,
      patterns: this.#patterns,
      forms,
      takers: this.#vocabulary.takers(),
      prints: this.#copies || this.#triggers.some(({ type }) => type === 'flood'),
    };
    const laid = layProgram(head, this.#size);
    for (const { at, part } of this.#tables) laid.tables.set(part, at);
    const listed = this.#triggers.some((trigger) => trigger.type === 'link' && trigger.which === 'listed');
    return { buffer: laid.buffer, problems: this.#problems, listed };
  }

  #rule(text: string): ProgramRule {
    if (text.length > 2 * LONGEST_RULE) throw new Broken('', 'tooLong', { most: LONGEST_RULE });
    this.#letters += text.length;
    if (this.#letters > LONGEST_RULES) throw new Broken('', 'tooMuch');
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
    const listed =
      list === undefined
        ? undefined
        : { name: list, entries: () => this.#entries(list, 'words', `${path}/list`), path: `${path}/list` };
    return { type: 'words', scope: this.#vocabulary.words(read, listed, { kind, leet, path }) };
  }

  #pattern({ source, ignoreCase, of, engine }: TriggerOf<'pattern'>, path: string): CompiledTrigger {
    const pattern = this.#patterns.length;
    const needs = needsIn(source, { ignoreCase, engine }, path);
    this.#vocabulary.literals(needs, pattern, of === 'canonical' ? 'canonical' : 'small', path);
    this.#patterns.push({ source, ignoreCase, of, engine, groups: needs.length });
    return { type: 'pattern', pattern };
  }

  #link({ which, domains, list }: TriggerOf<'link'>, path: string): CompiledTrigger {
    const hosts = domains?.map((domain) => hostOf(domain) ?? domain);
    return { type: 'link', which, hosts, packed: list === undefined ? undefined : this.#domains(list, `${path}/list`) };
  }

  #domains(list: string, path: string): Place {
    const known = this.#packed.get(list);
    if (known) return known;
    const packed = new Int32Array(packDomains(this.#entries(list, 'domains', path)));
    if (!this.#room.take(packed.byteLength)) throw new Broken(path, 'listTooLarge', { name: list });
    const place = this.#put(packed);
    this.#packed.set(list, place);
    return place;
  }

  #entries(name: string, kind: ListKind, path: string): Iterable<string> {
    const list = this.#lists.get(name);
    if (!list) throw new Broken(path, 'noSuchList', { name });
    if (list.kind !== kind) throw new Broken(path, kind === 'words' ? 'notOfWords' : 'notOfDomains', { name });
    return entriesOf(list.bytes);
  }

  /** Into the tables, where eight bytes begin. */
  #put(part: Int32Array | readonly number[]): Place {
    const from = this.#size;
    this.#tables.push({ at: from, part });
    this.#size += part.length + (part.length % 2);
    return [from, from + part.length];
  }
}

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
