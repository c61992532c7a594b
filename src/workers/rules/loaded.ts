import { judgeLink } from '../../lib/links/judge.ts';
import type { Takers } from '../words/search.ts';
import { KeptLinks } from './kept-links.ts';
import { costOf } from './looks.ts';
import { type CompiledTrigger, type FormName, type Head, isTrigger, type Node, readProgram } from './program.ts';
import type { SentRules } from './verdict.ts';

/** What is searched for in texts of one form. */
export interface LoadedForm {
  readonly automaton: Int32Array;
  /** By term: 0 for one of people, or `-1 - (pattern * GROUPS + group)`. */
  readonly meanings: Int32Array;
}

/** Hosts that a trigger names, and those of the list that it names; nothing where it does not. */
export interface Hosts {
  readonly named: ReadonlySet<string> | undefined;
  readonly packed: Float64Array | undefined;
}

/** Compiled rules as a thread uses them; the tables are those that all threads share. */
export interface Loaded {
  readonly head: Head;
  readonly forms: ReadonlyMap<FormName, LoadedForm>;
  readonly takers: Takers;
  /** By trigger about links: what it names. */
  readonly hosts: ReadonlyMap<number, Hosts>;
  readonly bytes: number;
}

/** Bytes of the rules that a thread keeps ready; those not asked for longest make room. */
const MOST_KEPT = 128 * 1_048_576;
const WARMING = 'https://login.example.com';
/** What a set of rules takes beside its tables. */
const EACH = 100_000;

/** The rules that a thread has looked into, by their version. Losing them costs the reading of their heads. */
export class KeptRules {
  readonly #kept = new Map<string, Loaded>();
  #bytes = 0;
  #links = new KeptLinks({ version: '', lists: [] });

  get({ version, buffer }: SentRules): Loaded {
    const known = this.#kept.get(version);
    if (known) {
      this.#kept.delete(version);
      this.#kept.set(version, known);
      return known;
    }
    const loaded = load(buffer);
    this.#kept.set(version, loaded);
    this.#bytes += loaded.bytes;
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= MOST_KEPT || oldest === version) break;
      this.#kept.delete(oldest);
      this.#bytes -= bytes;
    }
    return loaded;
  }

  /** What is known of links, by the lists of dangerous domains that were sent. */
  links({ domains }: SentRules): KeptLinks {
    if (!this.#links.isOf(domains)) this.#links = new KeptLinks(domains);
    return this.#links;
  }
}

function load(buffer: SharedArrayBuffer): Loaded {
  const { head: written, tables } = readProgram(buffer);
  const rules = written.rules.map((rule) => rule && { ...rule, when: cheapestFirst(rule.when, written.triggers).node });
  const head = { ...written, rules };
  const forms = head.forms.map(({ form, automaton, meanings }): [FormName, LoadedForm] => [
    form,
    { automaton: tables.subarray(...automaton), meanings: tables.subarray(...meanings) },
  ]);
  const hosts = head.triggers.flatMap((trigger, index): [number, Hosts][] => {
    if (trigger.type !== 'link') return [];
    const { hosts: written, packed } = trigger;
    return [[index, { named: written && new Set(written), packed: packed && packedAt(tables, packed) }]];
  });
  if (head.triggers.some(({ type }) => type === 'link')) judgeLink(WARMING); // the first takes long, and a message has little time
  const [takers, bytes] = [new Map(head.takers), buffer.byteLength + EACH];
  return { head, forms: new Map(forms), takers, hosts: new Map(hosts), bytes };
}

/** It was put where eight bytes begin. */
function packedAt({ buffer, byteOffset }: Int32Array, [from, to]: readonly [from: number, to: number]): Float64Array {
  return new Float64Array(buffer, byteOffset + from * 4, (to - from) / 2);
}

/** Sorted so that what decides is found with as little work as can be. */
function cheapestFirst(
  node: Node,
  triggers: readonly CompiledTrigger[],
): { readonly node: Node; readonly cost: number } {
  if (isTrigger(node)) {
    const trigger = triggers[node[0]];
    return { node, cost: trigger ? costOf(trigger) : 0 };
  }
  if ('not' in node) {
    const inner = cheapestFirst(node.not, triggers);
    return { node: { not: inner.node }, cost: inner.cost };
  }
  const parts = ('all' in node ? node.all : node.any).map((part) => cheapestFirst(part, triggers));
  parts.sort((one, other) => one.cost - other.cost);
  const nodes = parts.map((part) => part.node);
  return { node: 'all' in node ? { all: nodes } : { any: nodes }, cost: parts.at(-1)?.cost ?? 0 };
}
