import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import diffTexts from '../../../src/workers/tasks/diff-texts.ts';
import { LIMITS } from '../inspect/inspecting.ts';

async function compare(before: string | Uint8Array, after: string | Uint8Array, limits = {}) {
  const side = (content: string | Uint8Array, name: string) => ({
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    name,
  });
  const input = { before: side(before, 'old.txt'), after: side(after, 'new.txt'), limits: { ...LIMITS, ...limits } };
  const outcome = await diffTexts.run(input);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

async function diff(before: string, after: string, limits = {}) {
  const compared = await compare(before, after, limits);
  if (compared.kind !== 'diff') throw new Error(compared.kind);
  return compared;
}

/** The new text, made of the old one and a diff. */
function applied(before: string, patch: string): string[] {
  const lines = before.split('\n').slice(0, before.endsWith('\n') || before === '' ? -1 : undefined);
  const result: string[] = [];
  let at = 0;
  for (const line of patch === '' ? [] : patch.split('\n')) {
    const hunk = /^@@ -(\d+),(\d+) /.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      result.push(...lines.slice(at, start));
      at = start;
      continue;
    }
    if (line.startsWith('+')) result.push(line.slice(1));
    else {
      expect(lines[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) result.push(line.slice(1));
      at++;
    }
  }
  return [...result, ...lines.slice(at)];
}

describe('two texts', () => {
  test('are compared line by line, with three lines around each change', async () => {
    const before = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`);
    const after = before.with(9, 'changed').toSpliced(15, 0, 'new');
    expect(await diff(`${before.join('\n')}\n`, `${after.join('\n')}\n`)).toEqual({
      kind: 'diff',
      patch: [
        '@@ -7,12 +7,13 @@',
        ' line 7',
        ' line 8',
        ' line 9',
        '-line 10',
        '+changed',
        ' line 11',
        ' line 12',
        ' line 13',
        ' line 14',
        ' line 15',
        '+new',
        ' line 16',
        ' line 17',
        ' line 18',
      ].join('\n'),
      more: 0,
      added: 2,
      removed: 1,
      fewest: true,
      lineEndsDiffer: false,
    });
  });

  test('that are the same differ in nothing, whatever ends their lines', async () => {
    expect(await diff('a\nb\n', 'a\nb\n')).toMatchObject({ patch: '', added: 0, removed: 0, lineEndsDiffer: false });
    expect(await diff('a\r\nb\r\n', 'a\nb\n')).toMatchObject({ patch: '', added: 0, removed: 0, lineEndsDiffer: true });
  });

  test('of which one is empty are all added, or all removed', async () => {
    expect(await diff('', 'x\ny\n')).toMatchObject({ patch: '@@ -0,0 +1,2 @@\n+x\n+y', added: 2, removed: 0 });
    expect(await diff('x\n', '')).toMatchObject({ patch: '@@ -1,1 +0,0 @@\n-x', added: 0, removed: 1 });
  });

  test('become each other by what is told of them', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', '', 'one'), { maxLength: 40 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const { patch, added, removed } = await diff(before, after);
        expect(applied(before, patch)).toEqual(after.split('\n').slice(0, -1));
        const signs = patch.split('\n').filter((line) => !line.startsWith('@@'));
        expect(signs.filter((line) => line.startsWith('+'))).toHaveLength(added);
        expect(signs.filter((line) => line.startsWith('-'))).toHaveLength(removed);
      }),
      { numRuns: 1_000 },
    );
  });

  test('with few changes among many lines are told exactly', async () => {
    const before = Array.from({ length: 100_000 }, (_, at) => `line ${at}`);
    const after = before.map((line, at) => (at % 997 === 0 ? `${line}!` : line));
    expect(await diff(before.join('\n'), after.join('\n'))).toMatchObject({ added: 101, removed: 101, fewest: true });
  });

  test('show no secrets, though one that changed is a change', async () => {
    const { patch } = await diff('a\npassword=hunter22\n', 'a\npassword=hunter33\n');
    expect(patch).toBe('@@ -1,2 +1,2 @@\n a\n-password=********\n+password=********');
  });

  test('cannot leave their code block', async () => {
    const { patch } = await diff('```\n\u202ea\n', `\`\`\`js\n${'x'.repeat(10_000)}\n`);
    expect(patch).not.toContain('``');
    expect(patch).not.toContain('\u202e');
    expect(patch.length).toBeLessThan(1_000);
  });
});

describe('two texts made to cost time', () => {
  test.for([
    ['everything changed', 'a\n'.repeat(200_000), 'b\n'.repeat(200_000)],
    ['the same lines in another order', 'a\nb\n'.repeat(100_000), 'b\na\nc\n'.repeat(60_000)],
    ['nothing but line ends', '\n'.repeat(300_000), '\n'.repeat(200_000)],
    ['one endless line', 'x'.repeat(5_000_000), 'y'.repeat(5_000_000)],
  ] as const)('%s: a diff of bounded length', async ([_, before, after]) => {
    const { patch, more, added, removed } = await diff(before, after, { milliseconds: 3_000 });
    expect(patch.split('\n').length).toBeLessThanOrEqual(2_000);
    expect(patch.split('\n').length + more).toBeGreaterThanOrEqual(added + removed);
  });

  test('what is too much is refused', async () => {
    expect(await compare('a\n'.repeat(1_000), 'b\n', { rows: 500 })).toEqual({ kind: 'tooLong', limit: 500 });
    expect(await compare('a'.repeat(1_000), 'b', { bytesOut: 500 })).toEqual({ kind: 'tooLarge', limit: 500 });
  });

  test('what is no text is refused by its name', async () => {
    expect(await compare('a\n', new Uint8Array(1_000))).toEqual({ kind: 'notText', name: 'new.txt' });
  });
});
