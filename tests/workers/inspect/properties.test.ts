import { Value } from '@sinclair/typebox/value';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Budget } from '../../../src/workers/inspect/budget.ts';
import { scanJson } from '../../../src/workers/inspect/json.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { Report } from '../../../src/workers/inspect/report.ts';
import { cut, linesOf, safeText } from '../../../src/workers/inspect/safe-text.ts';
import { measure } from '../../../src/workers/inspect/shape.ts';

const COUNTS = { entries: 10, depth: 1, pixels: 10, roughPixels: 10_000, frames: 10, pages: 10, rows: 1_000 };
const LIMITS = { ...COUNTS, bytesOut: 100_000, milliseconds: 10_000 };

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const almostJson = fc
  .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom('', ',', '"', '\\', '{', ']', '0', '-', '\n', 'e', 'tru'))
  .map(([text, place, extra]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + extra + text.slice(at + (place % 3));
  });

test('the scanner and the runtime agree on what is JSON', () => {
  fc.assert(
    fc.property(fc.oneof(almostJson, anyText), (text) => {
      expect(scanJson(text).ok).toBe(parses(text));
    }),
    { numRuns: 3_000 },
  );
});

test('safe text is short, well formed, and cannot end its code block', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyText, fc.string({ unit: fc.constantFrom('`', '\u{1f427}', '\ud800', '\u202e', '\n') })),
      fc.integer({ min: 2, max: 80 }),
      (text, max) => {
        const safe = safeText(text, max);
        expect(safe.length).toBeLessThanOrEqual(max);
        expect(safe.isWellFormed()).toBe(true);
        expect(safe).not.toContain('``');
        expect(cut(text.toWellFormed(), max).isWellFormed()).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('there are as many lines as are counted', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), (text) => {
      expect([...linesOf(text)]).toHaveLength(measure(text).lines);
    }),
  );
});

test('no file is too strange for a verdict', async () => {
  const names = fc.constantFrom('a.csv', 'a.tsv', 'a.json', 'a.ndjson', 'a.log', 'a.txt', 'a', '');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .string({
        unit: fc.constantFrom(
          'a',
          '1',
          ',',
          '"',
          '\n',
          ';',
          '{',
          '}',
          '[',
          ']',
          ':',
          ' ',
          '\t',
          'ERROR ',
          '2024-05-01T10:00:00Z ',
        ),
      })
      .map((text) => new TextEncoder().encode(text)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, names, fc.string({ unit: 'binary' }), async (file, name, type) => {
      const report = await openFile({ bytes: file, name, declared: type }, new Budget(LIMITS));
      expect(Value.Check(Report, report)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
