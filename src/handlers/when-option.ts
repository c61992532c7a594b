import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { parseWhen, type Reading, readsTwoWays, type When } from '../lib/time/parse.ts';
import type { Parsed, Problem } from '../lib/time/problem.ts';
import { occurrences } from '../lib/time/rule.ts';
import { UserError } from '../services/answers/user-error.ts';
import {
  clip,
  list,
  moment,
  type Reader,
  renderPlain,
  type Said,
  t,
  timestamp,
  type Words,
} from '../services/answers/words.ts';
import type { KeptWhen } from '../services/timers/when.ts';
import type { Choice, Typing } from './autocomplete.ts';

/** What Discord takes of a choice, and so the longest time that is read. */
export const LONGEST_WHEN = 100;
/** Farther away than this a moment is shown before it is kept. */
const PLAIN_MS = 30 * 86_400_000;
const PREVIEWED = 3;
const EXAMPLES = ['in 1 hour', 'tomorrow 9am', 'fri 18:00', 'every weekday at 9', 'last day of the month 17:00'];

type Bounds = Pick<Reading, 'maxMs' | 'minEveryMs'>;
type Writer = Pick<BaseInteraction, 'user' | 'guildId'>;
type Needs = Pick<Context, 'now' | 'zones'>;

/** The moment or repetition that is meant, in the writer's zone. UserError with what to write instead. */
export async function readWhen(typed: string, writer: Writer, context: Needs, bounds: Bounds = {}): Promise<When> {
  const read = await tryWhen(typed, writer, context, bounds);
  if (!read.ok) throw notRead(read.problem);
  return read;
}

/** A moment alone. UserError for what comes again, too. */
export async function readMoment(typed: string, writer: Writer, context: Needs, bounds: Bounds = {}) {
  const when = await readWhen(typed, writer, context, bounds);
  if (when.kind === 'repeat') throw new UserError('time.notOnce');
  return when;
}

/** Shows how what is typed is read, or what is wrong with it; examples while nothing is. */
export async function offerWhen({ typed, interaction }: Typing, context: Context): Promise<readonly Choice[]> {
  const texts = typed.trim() === '' ? EXAMPLES : [typed.slice(0, LONGEST_WHEN)];
  const reader = { i18n: context.i18n, locale: interaction.locale };
  return await Promise.all(
    texts.map(async (text) => {
      const read = await tryWhen(text, interaction, context, {});
      return { name: labelOf(read.ok ? moment(read) : problemOf(read.problem), reader), value: text };
    }),
  );
}

/**
 * Whether it need not be shown before it is kept: once, soon, and typed where the suggestion has said how it is read, in a
 * way that everybody reads alike. `typed` is nothing for what was typed in a form, which suggests nothing.
 */
export function isPlain(when: When, typed: string | undefined, now: Date): boolean {
  if (typed === undefined || readsTwoWays(typed)) return false;
  return when.kind === 'once' && when.at.getTime() - now.getTime() <= PLAIN_MS;
}

/** In words, and as timestamps that everybody sees in their own time. */
export function whenFields(when: KeptWhen): (readonly [Words, Words])[] {
  if (when.broken) return [[t('time.when'), t('time.broken')]];
  const words = [t('time.when'), moment(when)] as const;
  if (when.kind === 'once') return [words, [t('time.thatIs'), nearAndFar(when.at)]];
  const more = occurrences(when.recurrence, when.first, PREVIEWED - 1).map((at) => timestamp(at, 'f'));
  return [words, [t('time.next'), list([nearAndFar(when.first), ...more])]];
}

/** '5 January 2027 14:30 (in 3 days)'. */
export function nearAndFar(at: Date): Said {
  return t('time.nearAndFar', { at: timestamp(at, 'f'), relative: timestamp(at) });
}

async function tryWhen(
  typed: string,
  { user, guildId }: Writer,
  { now, zones }: Needs,
  bounds: Bounds,
): Promise<Parsed<When>> {
  return parseWhen(typed, { now: now(), zone: await zones.zoneOf(user.id, guildId), ...bounds });
}

function problemOf({ code, params }: Problem): Said {
  return t(`time.problems.${code}`, params);
}

/** What is wrong with what was written, as it is said to whoever wrote it. */
export function notRead({ code, params }: Problem): UserError {
  return new UserError(`time.problems.${code}`, params);
}

/** Choices show no markdown. */
function labelOf(words: Words, reader: Reader): string {
  return clip(renderPlain(words, reader).replaceAll('`', ''), LONGEST_WHEN);
}
