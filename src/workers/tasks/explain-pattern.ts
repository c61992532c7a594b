import { type Static, Type } from '@sinclair/typebox';
import { neededCapital } from '../patterns/capitals.ts';
import { describe, Line } from '../patterns/describe.ts';
import { MOST_SPANS, MOST_TEXT } from '../patterns/limits.ts';
import { needsOf } from '../patterns/literals.ts';
import { nativePattern } from '../patterns/native.ts';
import { Pattern } from '../patterns/pattern.ts';
import { PatternError, PatternProblem } from '../patterns/problem.ts';
import { examplesOf, hardestFor, LONG, ORDINARY } from '../patterns/samples.ts';
import { readSyntax } from '../patterns/syntax.ts';
import { defineTask } from '../task.ts';

const Span = Type.Tuple([Type.Integer(), Type.Integer()]);

/** What a pattern was held against: a message as people write it, a long one, and the hardest there is for this pattern. */
const SAMPLES = ['ordinary', 'long', 'hardest'] as const;
const Cost = Type.Object({
  sample: Type.Union(SAMPLES.map((sample) => Type.Literal(sample))),
  letters: Type.Integer(),
  us: Type.Number(),
});

const Ready = Type.Object({
  kind: Type.Literal('ready'),
  /** What it looks for, line by line; none where only the engine can read it. */
  lines: Type.Array(Line),
  /** Of each group a text needs one; with none every message is held against it. In small letters. */
  needs: Type.Array(Type.Array(Type.String())),
  /** Texts that it may match; those for the linear engine do. */
  examples: Type.Array(Type.String()),
  /** Where the linear engine was asked: its instructions, what it took, what it found. */
  linear: Type.Optional(
    Type.Object({
      size: Type.Integer(),
      costs: Type.Array(Cost),
      /** Whether it matches the empty text, and how many of a hundred ordinary messages. */
      empty: Type.Boolean(),
      percent: Type.Integer(),
      /** For each text: the first places, `[from, to)`. */
      found: Type.Array(Type.Array(Span)),
    }),
  ),
  /** The same texts, for whoever may run the other engine. */
  samples: Type.Array(Type.Object({ sample: Cost.properties.sample, text: Type.String() })),
  /** A capital that it cannot do without, where it would be held against canonical texts, which have none. */
  never: Type.Optional(Type.String()),
});

/** How long each sample is tried again and again. Milliseconds. */
const WARM_MS = 5;

/**
 * Everything that can be said of a pattern before it is used. The engine that goes back is not run here: of such a pattern it is
 * told what it looks for, and the samples.
 */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 5_000,
  input: Type.Object({
    source: Type.String(),
    ignoreCase: Type.Boolean(),
    engine: Type.Union([Type.Literal('linear'), Type.Literal('backtracking')]),
    /** What it would be held against. */
    of: Type.Union([Type.Literal('canonical'), Type.Literal('original')]),
    /** Texts of whoever asks, to be looked through as they are. */
    texts: Type.Optional(Type.Array(Type.String(), { maxItems: 10 })),
  }),
  output: Type.Union([Ready, Type.Object({ kind: Type.Literal('refused'), problem: PatternProblem })]),
  sample: { source: '(?<!un)fr[e3]+', ignoreCase: true, engine: 'linear', of: 'canonical', texts: ['Free fish'] },
  run({
    source,
    ignoreCase,
    engine,
    of,
    texts = [],
  }): Static<typeof Ready> | { kind: 'refused'; problem: PatternProblem } {
    try {
      const pattern = engine === 'linear' ? new Pattern(source, ignoreCase) : undefined;
      if (!pattern) nativePattern(source, ignoreCase);
      return explain({ source, ignoreCase, of, texts, pattern });
    } catch (error) {
      if (error instanceof PatternError) return { kind: 'refused', problem: error.problem };
      throw error;
    }
  },
});

interface Explaining {
  readonly source: string;
  readonly ignoreCase: boolean;
  readonly of: 'canonical' | 'original';
  readonly texts: readonly string[];
  readonly pattern: Pattern | undefined;
}

function explain({ source, ignoreCase, of, texts, pattern }: Explaining): Static<typeof Ready> {
  const part = readSyntax(source, ignoreCase);
  const samples = [
    { sample: 'ordinary', text: ORDINARY[0] ?? '' } as const,
    { sample: 'long', text: LONG } as const,
    ...(part ? [{ sample: 'hardest', text: hardestFor(part) } as const] : []),
  ];
  const examples = part ? examplesOf(part) : [];
  const never = part && of === 'canonical' ? neededCapital(part) : undefined;
  return {
    kind: 'ready',
    lines: part ? [...describe(part)] : [],
    needs: needsOf(source, ignoreCase).map((group) => [...group]),
    examples: pattern ? examples.filter((text) => pattern.test(text)) : [...examples],
    samples,
    ...(never !== undefined && { never }),
    ...(pattern && { linear: measured(pattern, samples, texts) }),
  };
}

function measured(pattern: Pattern, samples: Static<typeof Ready>['samples'], texts: readonly string[]) {
  const matching = ORDINARY.filter((text) => pattern.test(text)).length;
  return {
    size: pattern.size,
    costs: samples.map(({ sample, text }) => ({ sample, letters: text.length, us: costOf(pattern, text) })),
    empty: pattern.test(''),
    percent: Math.round((100 * matching) / ORDINARY.length),
    found: texts.map((text) => foundIn(pattern, text.slice(0, MOST_TEXT))),
  };
}

function foundIn(pattern: Pattern, text: string): [number, number][] {
  if (!pattern.test(text)) return [];
  return pattern.spans(text, MOST_SPANS).map(({ from, to }) => [from, to]);
}

/** Microseconds of the quickest of some times: the first are busy getting ready. */
function costOf(pattern: Pattern, text: string): number {
  const until = performance.now() + WARM_MS;
  let best = Number.POSITIVE_INFINITY;
  for (let began = performance.now(); began < until || best === Number.POSITIVE_INFINITY; ) {
    pattern.test(text);
    const ended = performance.now();
    best = Math.min(best, ended - began);
    began = ended;
  }
  return best * 1_000;
}
