import { EN } from './grammar/en.ts';
import type { Grammar, Unit } from './grammar/grammar.ts';
import { UNIT_MS } from './span.ts';

const DOWN_FROM_DAYS = ['day', 'hour', 'minute', 'second'] as const;

/** A span in words, to the second: '1 hour 30 minutes'. `parseDuration` reads it back. */
export function sayDuration(ms: number, words: Grammar = EN): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const whole = (['year', 'week'] as const).find((unit) => seconds > 0 && (seconds * 1_000) % UNIT_MS[unit] === 0);
  if (whole) return sayUnits((seconds * 1_000) / UNIT_MS[whole], whole, words);
  const parts: string[] = [];
  let rest = seconds * 1_000;
  for (const unit of DOWN_FROM_DAYS) {
    const amount = Math.floor(rest / UNIT_MS[unit]);
    rest -= amount * UNIT_MS[unit];
    if (amount > 0) parts.push(sayUnits(amount, unit, words));
  }
  return parts.length > 0 ? parts.join(' ') : sayUnits(0, 'second', words);
}

/** '1 day', '2 days'. */
function sayUnits(amount: number, unit: Unit, { say }: Grammar): string {
  const forms = say.units[unit];
  return `${amount} ${forms[new Intl.PluralRules(say.locale).select(amount)] ?? forms.other}`;
}
