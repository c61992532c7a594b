import { closeResidue, triggersOf } from '../../workers/rules/late.ts';
import type { Rule, TriggerOf } from '../../workers/rules/schema.ts';
import type { Hit, Residue, Verdict } from '../../workers/rules/verdict.ts';
import { isSpared } from './bound.ts';
import { type Copy, type Flood, FloodWindows } from './flood.ts';
import { InviteServers } from './invites.ts';
import type { JudgedMessage } from './judged.ts';
import { holdsLater, type LateNeeds } from './later.ts';
import { deedsOf } from './plan.ts';
import { type Placed, RateWindows } from './rate.ts';

/** A rule that holds of a message. */
export interface Trip {
  readonly rule: Rule;
  readonly hit: Hit;
  /** What the rule has met before of the same kind, and the messages that belong to it, where it looks for floods. */
  readonly flood: { readonly flood: Flood; readonly copies: readonly Copy[] } | undefined;
  /** Messages of the author that came too fast, this one among them. */
  readonly fast: readonly Placed[];
}

/** A rule of which nobody knows yet whether it holds, since something has to be asked. */
export interface Open {
  readonly rule: Rule;
  readonly hit: Hit;
  readonly late: Residue;
  readonly found: Found;
  readonly copy: Copy | undefined;
}

/** So far back a rule looks for copies of what it deletes, if it looks for no floods. Seconds. */
const COPIES_SECONDS = 600;

/** What is known of a message at once: which rules hold, and which are open still. */
interface Settled {
  readonly trips: readonly Trip[];
  readonly open: readonly Open[];
}

/** Closes what threads leave open: by windows of what was written lately at once, by what has to be asked later. */
export class LateTriggers {
  readonly #floods = new FloodWindows();
  readonly #rates = new RateWindows();
  readonly #invites: InviteServers;
  readonly #context: LateNeeds;
  readonly #keepMs = new WeakMap<readonly Rule[], number>();

  constructor(context: LateNeeds) {
    this.#context = context;
    this.#invites = new InviteServers(context);
  }

  /** Messages have to come in the order in which they were written, each once. */
  settle(message: JudgedMessage, verdict: Verdict, rules: readonly Rule[]): Settled {
    const copy = this.see(message, verdict, rules);
    const trips: Trip[] = [];
    const open: Open[] = [];
    for (const hit of verdict.hits) {
      const rule = rules[hit.rule];
      if (!rule) continue;
      if (hit.late === undefined) {
        trips.push({ rule, hit, flood: undefined, fast: [] });
        continue;
      }
      const found = this.#lookFor(rule, hit.late, message, copy);
      const holds = closeAtOnce(hit.late, (trigger) => found.known.get(trigger));
      if (holds) trips.push({ rule, hit, ...this.#belonging(rule, found, copy) });
      else if (holds === undefined) open.push({ rule, hit, late: hit.late, found, copy });
    }
    return { trips, open };
  }

  /** Keeps what a message is like, as far as any of its server's rules wants to know. */
  see(message: JudgedMessage, verdict: Verdict, rules: readonly Rule[]): Copy | undefined {
    const copy = copyOf(message, verdict);
    if (copy) this.#floods.record(copy, { keepMs: this.#keepFor(rules), edited: message.edited });
    return copy;
  }

  /** Whether a rule holds that was open, once everything has been asked. */
  async close(
    { rule, hit, late, found, copy }: Open,
    message: JudgedMessage,
    verdict: Verdict,
    signal: AbortSignal,
  ): Promise<Trip | undefined> {
    const triggers = triggersOf(rule.when);
    const asked = { message, verdict, signal, invites: this.#invites };
    const holds = await closeResidue(late, async (number) => {
      const trigger = triggers[number];
      return found.known.get(number) ?? (trigger !== undefined && (await holdsLater(trigger, asked, this.#context)));
    });
    return holds ? { rule, hit, ...this.#belonging(rule, found, copy) } : undefined;
  }

  /** What is nearly the same as a message, for a rule that deletes all of it without looking for floods. */
  copiesOf(message: JudgedMessage, verdict: Verdict): readonly Copy[] {
    const copy = copyOf(message, verdict);
    return copy ? this.#floods.like(copy, { seconds: COPIES_SECONDS, by: 'anyone' }) : [];
  }

  /** Of each open trigger that has a window whether it holds. All are asked: the windows have to see every message. */
  #lookFor(rule: Rule, late: Residue, message: JudgedMessage, copy: Copy | undefined): Found {
    const known = new Map<number, boolean>();
    const fast: Placed[] = [];
    let flood: TriggerOf<'flood'> | undefined;
    const triggers = triggersOf(rule.when);
    for (const number of numbersIn(late)) {
      const trigger = triggers[number];
      if (trigger?.type === 'flood') {
        const like = copy ? this.#floods.like(copy, trigger) : [];
        const counted = hasExceptions(rule) ? like.filter((one) => !isSpared(rule, one, this.#context)) : like;
        const holds = counted.length >= trigger.copies;
        if (holds) flood = trigger;
        known.set(number, holds);
      } else if (trigger?.type === 'rate') {
        const written = this.#written(`${message.guild} ${rule.id} ${number}`, trigger, message);
        const holds = written.length >= trigger.messages;
        if (holds) fast.push(...written);
        known.set(number, holds);
      }
    }
    return { known, fast, flood };
  }

  /** An edit is no further message. */
  #written(key: string, { messages: most, seconds }: TriggerOf<'rate'>, message: JudgedMessage): readonly Placed[] {
    if (message.edited) return [];
    const { channel, id, author } = message;
    return this.#rates.record(`${key} ${author}`, { channel, id }, { most, seconds });
  }

  /** For how long a server's window has to keep what its members write. Milliseconds. */
  #keepFor(rules: readonly Rule[]): number {
    const known = this.#keepMs.get(rules) ?? Math.max(0, ...rules.map(secondsOf)) * 1_000;
    this.#keepMs.set(rules, known);
    return known;
  }

  #belonging(rule: Rule, { flood, fast }: Found, copy: Copy | undefined): Pick<Trip, 'flood' | 'fast'> {
    return { flood: flood && copy ? this.#floods.flood(copy, deedsOf(rule), flood) : undefined, fast };
  }
}

interface Found {
  readonly known: ReadonlyMap<number, boolean>;
  readonly fast: readonly Placed[];
  readonly flood: TriggerOf<'flood'> | undefined;
}

/** Whether what was left open holds by what is known; undefined where that does not decide. */
function closeAtOnce(residue: Residue, known: (trigger: number) => boolean | undefined): boolean | undefined {
  if (typeof residue === 'number') return known(residue);
  if ('not' in residue) {
    const holds = closeAtOnce(residue.not, known);
    return holds === undefined ? undefined : !holds;
  }
  const [parts, enough] = 'any' in residue ? [residue.any, true] : [residue.all, false];
  const each = parts.map((part) => closeAtOnce(part, known));
  if (each.includes(enough)) return enough;
  return each.includes(undefined) ? undefined : !enough;
}

function numbersIn(residue: Residue): readonly number[] {
  if (typeof residue === 'number') return [residue];
  if ('not' in residue) return numbersIn(residue.not);
  return ('any' in residue ? residue.any : residue.all).flatMap(numbersIn);
}

function secondsOf({ when, actions }: Rule): number {
  const floods = triggersOf(when).map((trigger) => (trigger.type === 'flood' ? trigger.seconds : 0));
  return Math.max(actions.some((action) => action.do === 'delete-copies') ? COPIES_SECONDS : 0, ...floods);
}

function hasExceptions({ except: { members, roles, channels } }: Rule): boolean {
  return members.length + roles.length + channels.length > 0;
}

function copyOf(message: JudgedMessage, { print }: Verdict): Copy | undefined {
  if (!print) return undefined;
  const { guild, channel, id, author, username, roles, webhook } = message;
  const files = message.files.map(
    ({ size, content_type: type, width, height }) => `${size} ${type} ${width} ${height}`,
  );
  return { guild, channel, id, author, username, roles, webhook, print, files };
}
