import type { Context } from '../../context.ts';
import type { Answer } from '../answers/answer.ts';
import { t } from '../answers/words.ts';
import { tellServerLog } from '../logs/server-log.ts';
import type { CompiledRules } from './compiled-rules.ts';
import { ruleProblemInWords } from './problem-in-words.ts';
import type { Standing } from './rules.ts';

const DEADLINE_MS = 30_000;

/** Tells a server in its log that its newest rules do not hold. That it cannot be told keeps nobody from anything. */
export function tellOfStuck(guild: string, { rules }: Standing, context: Context): void {
  tell(guild, context, {
    tone: 'warning',
    title: t('automod.stuck.title'),
    parts: [{ kind: 'text', text: t(rules ? 'automod.stuck.older' : 'automod.stuck.none') }],
    next: t('automod.stuck.next'),
  });
}

/** Tells a server in its log which of its rules are broken, and why. */
export function tellOfBroken(guild: string, { rules, broken }: CompiledRules, context: Context): void {
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  const points = broken.map(({ id, problem }) =>
    t('automod.broken.line', { name: names.get(id) ?? id, why: ruleProblemInWords(problem) }),
  );
  tell(guild, context, {
    tone: 'warning',
    title: t('automod.broken.title', { count: broken.length }),
    parts: [{ kind: 'points', points }],
    next: t('automod.broken.next'),
  });
}

function tell(guild: string, context: Context, answer: Answer): void {
  const { inFlight, log } = context;
  inFlight
    .track('telling of rules that do not hold', () => tellServerLog(context, guild, answer), {
      deadlineMs: DEADLINE_MS,
    })
    .catch((error: unknown) => log.info({ guild, error }, 'nobody could be told that rules do not hold'));
}
