import { triggersOf } from '../../workers/rules/late.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { ExplainedRule } from '../../workers/rules/verdict.ts';
import type { Answer, Part } from '../answers/answer.ts';
import { clip, code, list, markup, type Said, t, type Words } from '../answers/words.ts';
import { conditionWords } from './condition-words.ts';
import { highlighted } from './highlight.ts';
import type { Named } from './names.ts';
import type { Tried } from './try-message.ts';

const LONGEST_TEXT = 900;
/** Other ways to read it that are shown. */
const MOST_READINGS = 4;
const LONGEST_READING = 200;
/** Rules that are told one by one; those that say nothing are counted. */
const MOST_TOLD = 12;
/** Places of one trigger that are shown. */
const MOST_PLACES = 3;
const LONGEST_PLACE = 60;

/** Of whom a message is as somebody asks about it, as far as that decides. */
export interface Author {
  readonly rank: number;
  /** The server has settled that no rule looks at it. */
  readonly exempt: boolean;
  /** What else there is to say of them. */
  readonly note?: Said;
}

/** What keeps a rule from being looked at or from acting. */
type Stays = NonNullable<ExplainedRule['stays']> | 'rank';

/** What automod sees of a text: how it reads it, which rules it hits and why, and what that costs. */
export function triedCard(text: string, { explained, rules }: Tried, named: Named, author: Author): Answer {
  if (!explained)
    return { tone: 'info', parts: [{ kind: 'text', text: t('automod.tried.nothing') }], visible: 'private' };
  const stays = ({ rule, stays: own }: ExplainedRule): Stays | undefined =>
    own ?? (author.rank >= (rules[rule]?.except.rank ?? Number.POSITIVE_INFINITY) ? 'rank' : undefined);
  const told = explained.rules.filter((one) => one.outcome !== 'no' && stays(one) === undefined);
  const out = explained.rules.filter((one) => one.outcome === 'yes' && stays(one) !== undefined);
  const hit = told.some(({ outcome }) => outcome === 'yes');
  const spans = told.flatMap(({ why }) => why.flatMap((one) => one.spans));
  const us = explained.us + explained.rules.reduce((sum, rule) => sum + rule.us, 0);
  const lines = [...told, ...out]
    .slice(0, MOST_TOLD)
    .map((one) => ruleLine(one, stays(one), rules[one.rule], text, named));
  const parts: Part[] = [
    { kind: 'text', text: highlighted(text, spans) },
    { kind: 'lines', title: t('automod.tried.canonical'), lines: [code(clip(explained.canonical, LONGEST_TEXT))] },
  ];
  if (explained.readings !== '')
    parts.push({
      kind: 'lines',
      title: t('automod.tried.readings'),
      lines: explained.readings
        .split('\n')
        .slice(0, MOST_READINGS)
        .map((line) => code(clip(line, LONGEST_READING))),
    });
  if (lines.length > 0) parts.push({ kind: 'points', points: lines });
  const quiet = rules.length - told.length - out.length;
  parts.push({ kind: 'small', text: t('automod.tried.rest', { count: quiet, time: timeText(us) }) });
  if (author.exempt) parts.push({ kind: 'small', text: t('automod.tried.exempt.why') });
  if (author.note) parts.push({ kind: 'small', text: author.note });
  const title = hit ? 'automod.tried.hit' : told.length > 0 ? 'automod.tried.open' : 'automod.tried.free';
  return {
    tone: hit && !author.exempt ? 'warning' : 'good',
    title: t(author.exempt ? 'automod.tried.exempt.title' : title),
    visible: 'private',
    parts,
  };
}

function ruleLine(
  { outcome, us, why }: ExplainedRule,
  stays: Stays | undefined,
  rule: Rule | undefined,
  text: string,
  named: Named,
): Said {
  const name = rule?.name ?? '';
  if (stays !== undefined) return t('automod.tried.stays', { name, why: t(`automod.tried.out.${stays}`) });
  const triggers = rule ? triggersOf(rule.when) : [];
  const reasons = why
    .filter((one) => one.outcome !== 'no')
    .flatMap((one): readonly Words[] => {
      const trigger = triggers[one.trigger];
      if (!trigger) return [];
      const what = conditionWords(trigger, named);
      const places = [
        ...one.spans.map(([from, to]) => text.slice(from, to)),
        ...one.elsewhere.map((found) => found.text),
      ];
      if (one.outcome === 'open') return [t('automod.tried.unknown', { what })];
      if (one.outcome === 'skipped') return [t('automod.tried.skipped', { what })];
      if (places.length === 0) return [what];
      const shown = [...new Set(places)].slice(0, MOST_PLACES).map((place) => code(clip(place, LONGEST_PLACE)));
      return [t('automod.tried.because', { what, places: list(shown) })];
    });
  return t(`automod.tried.${outcome === 'yes' ? 'yes' : 'maybe'}`, {
    ...{ name, time: timeText(us), why: list(reasons) },
    state: t(`automod.short.${rule?.mode ?? 'observe'}`),
  });
}

/** Microseconds as people read them. */
function timeText(us: number): Words {
  return markup(us < 1_000 ? `${Math.max(1, Math.round(us))} µs` : `${(us / 1_000).toFixed(1)} ms`);
}
