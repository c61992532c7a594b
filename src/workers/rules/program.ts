import type { Trigger, TriggerOf } from './schema.ts';

/** How a text is written where it is searched: as it is compared, with signs read as letters besides, or as it was written in small letters. */
export type FormName = 'canonical' | 'leet' | 'small';

/** A condition whose triggers are told by two numbers: that among all triggers of the server, and that in the rule. */
export type Node =
  | readonly [trigger: number, own: number]
  | { readonly all: readonly Node[] }
  | { readonly any: readonly Node[] }
  | { readonly not: Node };

export function isTrigger(node: Node): node is readonly [trigger: number, own: number] {
  return Array.isArray(node);
}

/** What a thread needs of a rule. */
export interface ProgramRule {
  readonly enabled: boolean;
  readonly onMessage: boolean;
  readonly onEdit: boolean;
  readonly roles: readonly string[];
  readonly channels: readonly string[];
  readonly members: readonly string[];
  readonly when: Node;
}

/** Terms that are looked for together. */
export interface CompiledWords {
  readonly type: 'words';
  readonly scope: number;
}

export interface CompiledPattern {
  readonly type: 'pattern';
  /** Among those of the server. */
  readonly pattern: number;
}

export interface CompiledLink extends Pick<TriggerOf<'link'>, 'which'> {
  readonly type: 'link';
  /** Hosts as browsers spell them; those below one count with it. */
  readonly hosts: readonly string[] | undefined;
  /** Where the packed domains of its list lie, in integers from the start of the tables. */
  readonly packed: readonly [from: number, to: number] | undefined;
}

export type CompiledTrigger =
  | Exclude<Trigger, { readonly type: 'words' | 'pattern' | 'link' }>
  | CompiledWords
  | CompiledPattern
  | CompiledLink;

/** A pattern, and how many groups of literals it needs one each of; 0 where it has to be run in any case. */
export interface ProgramPattern extends Pick<TriggerOf<'pattern'>, 'source' | 'ignoreCase' | 'of' | 'engine'> {
  readonly groups: number;
}

/** Where the parts of a form lie, in integers from the start of the tables. */
export interface FormPlace {
  readonly form: FormName;
  /** The automaton; nothing where there is none of this form. */
  readonly automaton: readonly [from: number, to: number];
  /** What each of its terms is: 0 for one of people, or `-1 - (pattern * GROUPS + group)`. */
  readonly meanings: readonly [from: number, to: number];
}

/** Groups of literals of one pattern, at most. */
export const GROUPS = 4;

/** What a server's rules are compiled to, beside the tables. */
export interface Head {
  /** In the order of the rules; nothing where one is broken. */
  readonly rules: readonly (ProgramRule | null)[];
  readonly triggers: readonly CompiledTrigger[];
  readonly patterns: readonly ProgramPattern[];
  readonly forms: readonly FormPlace[];
  /** Scopes of lists, and those that take them in: the list's terms are there once, however many triggers name it. */
  readonly takers: readonly (readonly [scope: number, takers: readonly number[]])[];
  /** Whether prints are wanted of messages, and codes of invitations. */
  readonly prints: boolean;
}

const PREFIX_BYTES = 8;

/** Head and tables as they cross: the length of the head, the head as JSON, then the tables. Both begin at a multiple of eight bytes. */
export function layProgram(
  head: Head,
  integers: number,
): { readonly buffer: SharedArrayBuffer; readonly tables: Int32Array } {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const start = padded(PREFIX_BYTES + json.length);
  const buffer = new SharedArrayBuffer(start + padded(integers * 4));
  new DataView(buffer).setUint32(0, json.length);
  new Uint8Array(buffer).set(json, PREFIX_BYTES);
  return { buffer, tables: new Int32Array(buffer, start) };
}

export function readProgram(buffer: SharedArrayBuffer): { readonly head: Head; readonly tables: Int32Array } {
  const length = new DataView(buffer).getUint32(0);
  const json = new Uint8Array(buffer, PREFIX_BYTES, length).slice(); // decoders take no shared memory
  const head = JSON.parse(new TextDecoder().decode(json)) as Head; // this very file has written it
  return { head, tables: new Int32Array(buffer, padded(PREFIX_BYTES + length)) };
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
