import type { Facts } from './facts.ts';
import type { Found, Looked } from './look.ts';
import { lookFor } from './looks.ts';
import { isTrigger, type Node } from './program.ts';
import type { Residue } from './verdict.ts';

/** Yes, no, or what has to be known to tell. */
export type Answer = boolean | Residue;

/** Holds conditions against one message. Whatever several rules look for is looked for once. */
export class Evaluation {
  readonly #facts: Facts;
  /** By trigger. */
  readonly #looked: (Looked | undefined)[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** No more is looked for than it takes to know. */
  answer(node: Node): Answer {
    if (isTrigger(node)) return this.#answerOf(node);
    if ('not' in node) return negated(this.answer(node.not));
    const [parts, enough] = 'any' in node ? [node.any, true] : [node.all, false];
    const open: Residue[] = [];
    for (const part of parts) {
      const answer = this.answer(part);
      if (answer === enough) return enough;
      if (typeof answer !== 'boolean') open.push(answer);
    }
    const [first] = open;
    if (first === undefined) return !enough;
    if (open.length === 1) return first;
    return enough ? { any: open } : { all: open };
  }

  /** What there is of one trigger. */
  look(trigger: number): Looked {
    const known = this.#looked[trigger];
    if (known !== undefined) return known;
    const compiled = this.#facts.loaded.head.triggers[trigger];
    const looked = compiled ? lookFor(compiled, trigger, this.#facts) : 'no';
    this.#looked[trigger] = looked;
    return looked;
  }

  /** What was found that speaks for a condition, as far as it was looked for. */
  *found(node: Node): Generator<Found, void, undefined> {
    if (isTrigger(node)) {
      const looked = this.#looked[node[0]];
      if (typeof looked === 'object') yield looked;
      return;
    }
    if ('not' in node || this.#isKnownNot(node)) return;
    for (const part of 'any' in node ? node.any : node.all) yield* this.found(part);
  }

  /** Whether a trigger that is open is so because there was no time for it. */
  lackedTime(node: Node, open: Residue): boolean {
    const late = new Set(openTriggers(open));
    return triggersIn(node).some(([trigger, own]) => late.has(own) && this.#looked[trigger] === 'skipped');
  }

  /** Whether what was looked for is enough to say no. */
  #isKnownNot(node: Node): boolean {
    if (isTrigger(node)) return this.#looked[node[0]] === 'no';
    if ('any' in node) return node.any.every((part) => this.#isKnownNot(part));
    return 'all' in node && node.all.some((part) => this.#isKnownNot(part));
  }

  #answerOf([trigger, own]: readonly [trigger: number, own: number]): Answer {
    const looked = this.look(trigger);
    if (looked === 'no') return false;
    return looked === 'open' || looked === 'skipped' ? own : true;
  }
}

/** The triggers of a condition, in the order they are looked at. */
export function triggersIn(node: Node): readonly (readonly [trigger: number, own: number])[] {
  if (isTrigger(node)) return [node];
  if ('not' in node) return triggersIn(node.not);
  return ('any' in node ? node.any : node.all).flatMap(triggersIn);
}

/** The numbers of the triggers that are open. */
export function openTriggers(residue: Residue): readonly number[] {
  if (typeof residue === 'number') return [residue];
  if ('not' in residue) return openTriggers(residue.not);
  return ('any' in residue ? residue.any : residue.all).flatMap(openTriggers);
}

function negated(answer: Answer): Answer {
  if (typeof answer === 'boolean') return !answer;
  return typeof answer === 'object' && 'not' in answer ? answer.not : { not: answer };
}
