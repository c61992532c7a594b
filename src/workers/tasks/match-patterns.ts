import { type Static, Type } from '@sinclair/typebox';
import { threadWorked } from '../../lib/thread-worked.ts';
import { KeptPatterns } from '../patterns/kept-patterns.ts';
import { MOST_PATTERNS, MOST_SPANS, MOST_TEXT, MOST_TEXTS } from '../patterns/limits.ts';
import { Pattern } from '../patterns/pattern.ts';
import { PatternProblem } from '../patterns/problem.ts';
import { defineTask } from '../task.ts';

/** Patterns that this thread has compiled. Losing them costs their compilation. */
const kept = new KeptPatterns();

type Hit = Static<typeof Hit>;
const Hit = Type.Object({
  text: Type.Integer(),
  pattern: Type.Integer(),
  /** The first places, `[from, to)` in UTF-16 units. */
  spans: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() })),
});

const Facts = Type.Union([
  /** Instructions of the program, and the milliseconds that it took. */
  Type.Object({ kind: Type.Literal('ready'), size: Type.Integer(), ms: Type.Number() }),
  Type.Object({ kind: Type.Literal('refused'), problem: PatternProblem }),
]);

const Output = Type.Object({
  /** One for each pattern. */
  patterns: Type.Array(Facts),
  hits: Type.Array(Hit),
  /** So many texts were looked at when the time was up; ask again with the others. */
  done: Type.Integer(),
  /** Patterns that the last of those texts was not held against: the first text alone took all the time. */
  skipped: Type.Array(Type.Integer()),
});

/**
 * Which of a server's own patterns match which texts, and where. Without texts it tells whether the patterns can be used. Never takes much
 * longer than `budgetMs` of a core: whatever the patterns, one of them in one text is a matter of 120 ms at worst. Time in which others have the
 * core does not count: on a busy machine a text would be passed over that takes a microsecond.
 */
export default defineTask({
  lane: 'quick',
  deadlineMs: 5_000,
  input: Type.Object({
    patterns: Type.Array(Type.Object({ source: Type.String(), ignoreCase: Type.Boolean() }), {
      maxItems: MOST_PATTERNS,
    }),
    texts: Type.Array(Type.String(), { maxItems: MOST_TEXTS }),
    /** Places to tell of each hit; none are looked for unless asked for. */
    spans: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_SPANS })),
    budgetMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  }),
  output: Output,
  sample: { patterns: [{ source: '(?<!un)fr[e3]+', ignoreCase: true }], texts: ['Free fish'], spans: 1 },
  run({ patterns, texts, spans = 0, budgetMs = 200 }): Static<typeof Output> {
    const until = threadWorked() + budgetMs;
    const compiled = patterns.map((source) => kept.get(source));
    const spent = patterns.map(() => 0);
    const all: Hit[] = [];
    const skipped: number[] = [];
    let done = 0;
    for (const text of texts) {
      const { hits, left } = look(compiled, text.slice(0, MOST_TEXT), { spans, until, spent });
      if (left.length > 0 && done > 0) break; // it comes again, as the first
      all.push(...hits.map((hit) => ({ ...hit, text: done })));
      skipped.push(...left);
      done++;
    }
    const known = compiled.map((one, index) => factsOf(one, spent[index] ?? 0));
    return { patterns: known, hits: all, done, skipped };
  },
});

interface Look {
  readonly spans: number;
  /** When to begin with no further pattern, by what the thread has worked. */
  readonly until: number;
  /** Milliseconds by pattern, counted on. */
  readonly spent: number[];
}

/** One text against all patterns; `left` are those that there was no time for. */
function look(patterns: readonly (Pattern | PatternProblem)[], text: string, { spans, until, spent }: Look) {
  const hits: Omit<Hit, 'text'>[] = [];
  const left: number[] = [];
  for (const [index, pattern] of patterns.entries()) {
    if (!(pattern instanceof Pattern)) continue;
    const began = performance.now();
    if (threadWorked() > until) left.push(index);
    else if (pattern.test(text)) hits.push({ pattern: index, spans: pattern.spans(text, spans) });
    spent[index] = (spent[index] ?? 0) + performance.now() - began;
  }
  return { hits, left };
}

function factsOf(one: Pattern | PatternProblem, ms: number): Static<typeof Facts> {
  return one instanceof Pattern ? { kind: 'ready', size: one.size, ms } : { kind: 'refused', problem: one };
}
