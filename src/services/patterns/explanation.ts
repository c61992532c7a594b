import { BUDGET_MS } from '../../workers/backtracking/budget.ts';
import type { Line } from '../../workers/patterns/describe.ts';
import type { Part } from '../answers/answer.ts';
import { clip, code, list, type Said, t, type Words } from '../answers/words.ts';
import { MOST_OVERRUNS } from './backtracking.ts';
import type { PatternExplained, Warning } from './explain.ts';

/** Texts of one group of which a message needs one. */
const MOST_TEXTS = 5;
const LONGEST = 60;
/** A space that Discord keeps at the beginning of a line. */
const INDENT = '\u2003';
const MS = 1_000;

/** What a pattern looks for, in words, with examples, cost and warnings: for the answer of a command. */
export function explanationParts(explained: PatternExplained): readonly Part[] {
  const { lines, warnings, costs } = explained;
  const title = t('patterns.explained.looksFor');
  const looksFor: Part =
    lines.length === 0
      ? { kind: 'text', text: t('patterns.explained.unread') }
      : { kind: 'lines', title, lines: lines.map(lineInWords) };
  return [
    looksFor,
    ...(warnings.length > 0 ? [{ kind: 'points', points: warnings.map(warningInWords) } as const] : []),
    { kind: 'lines', lines: [...examplesOf(explained), ...foundIn(explained), ...needsOf(explained)] },
    { kind: 'lines', lines: costs.map(costInWords) },
  ];
}

/** One line of what a pattern looks for, set in by how deep it stands. */
function lineInWords({ depth, what, text, least, most }: Line): Words {
  const base = t(`patterns.looksFor.${what}`, text === undefined ? {} : { text: code(text) });
  const repeated = least === undefined ? base : timesInWords(base, least, most);
  return t('patterns.explained.line', { indent: { markup: INDENT.repeat(depth) }, what: repeated });
}

function timesInWords(what: Said, least: number, most: number | undefined): Said {
  if (most === undefined) {
    if (least === 0) return t('patterns.times.anyNumber', { what });
    return least === 1 ? t('patterns.times.some', { what }) : t('patterns.times.atLeast', { what, least });
  }
  if (least === most) return least === 1 ? what : t('patterns.times.exactly', { what, least });
  if (least > 0) return t('patterns.times.between', { what, least, most });
  return most === 1 ? t('patterns.times.maybe', { what }) : t('patterns.times.atMost', { what, most });
}

function warningInWords(warning: Warning): Said {
  const { kind } = warning;
  switch (kind) {
    case 'matchesMost':
      return t('patterns.explained.warnings.matchesMost', { percent: warning.percent });
    case 'capital':
      return t('patterns.explained.warnings.capital', { letter: code(warning.letter) });
    case 'overruns':
      return t('patterns.explained.warnings.overruns', { times: MOST_OVERRUNS });
    default:
      return t(`patterns.explained.warnings.${kind}`);
  }
}

function examplesOf({ examples }: PatternExplained): readonly Said[] {
  if (examples.length === 0) return [];
  return [t('patterns.explained.examples', { examples: list(examples.map((text) => code(clip(text, LONGEST)))) })];
}

function foundIn({ found }: PatternExplained): readonly Said[] {
  return found.map(({ text, spans }) => {
    const shown = code(clip(text, LONGEST));
    if (spans === undefined) return t('patterns.explained.foundLate', { text: shown, ms: BUDGET_MS });
    if (spans.length === 0) return t('patterns.explained.notFound', { text: shown });
    const places = spans.map(([from, to]) => code(clip(text.slice(from, to), LONGEST)));
    return t('patterns.explained.found', { text: shown, found: list(places) });
  });
}

function needsOf({ needs }: PatternExplained): readonly Said[] {
  const [first, second] = needs.map(groupInWords);
  if (!first) return [];
  const both = second ? t('patterns.explained.needsBoth', { one: first, other: second }) : first;
  return [t('patterns.explained.needs', { needs: both })];
}

function groupInWords(group: readonly string[]): Words {
  const texts = group.slice(0, MOST_TEXTS).map((text) => code(clip(text, LONGEST)));
  if (texts.length === 1 && texts[0]) return texts[0];
  const more = group.length > MOST_TEXTS ? [{ markup: '…' }] : [];
  return t('patterns.explained.needsOneOf', { texts: list([...texts, ...more]) });
}

function costInWords({ sample, letters, us }: PatternExplained['costs'][number]): Said {
  const cost = typeof us === 'number' ? timeInWords(us) : t(`patterns.explained.${us}`, { ms: BUDGET_MS });
  return t('patterns.explained.cost', { sample: t(`patterns.explained.samples.${sample}`), letters, cost });
}

function timeInWords(us: number): Said {
  if (us < MS) return t('patterns.explained.us', { us: Math.max(1, Math.round(us)) });
  return t('patterns.explained.ms', { ms: Math.round(us / 100) / 10 });
}
