import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../../src/services/automod/preset.ts';
import { PRESETS } from '../../../src/services/automod/presets.ts';
import type { Rule } from '../../../src/workers/rules/schema.ts';
import { ROOT } from '../../sources.ts';
import { judgeBy, ruleOf } from '../rules/judging.ts';

interface Evasion {
  readonly language: string;
  readonly technique: string;
  readonly term: string;
  readonly text: string;
  /** Where words are not parted by spaces a term is looked for as a part. */
  readonly match?: 'part';
  readonly leet?: true;
}

async function read<T>(folder: string): Promise<readonly (readonly [name: string, T[]])[]> {
  const names = (await readdir(`${ROOT}/tests/corpus/${folder}`)).sort();
  return Promise.all(
    names.map(
      async (name) => [name, JSON.parse(await readFile(`${ROOT}/tests/corpus/${folder}/${name}`, 'utf8'))] as const,
    ),
  );
}

function ruleAbout(terms: string[], match: 'word' | 'part', leet: boolean): Rule {
  return ruleOf({ when: { type: 'words', terms, match, leet } });
}

const evasions = await read<Evasion>('evasions');
const innocent = await read<string>('innocent');
const commands = await read<string>('commands');
/** Words that innocent ones come close to, in one language or the other. */
const CLOSE = [
  'ass',
  'sex',
  'cop',
  'copa',
  'poc',
  'anal',
  'ano',
  'cum',
  'tit',
  'porn',
  'nude',
  'sik',
  'szar',
  'nain',
  'pica',
  'pecha',
].concat(['nina', 'got', 'hell', 'scam', 'top', 'bot', 'xxx', 'aa', 'xa', 'shit', 'yay', 'spic', 'rape']);

describe('the corpus of evasions', () => {
  test('is large enough', () => {
    const all = evasions.flatMap(([, some]) => some);
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(new Set(all.map(({ language }) => language)).size).toBeGreaterThanOrEqual(10);
    // What a search of the letters as they are written finds hides nothing.
    const open = all.filter(
      ({ technique, term, text }) => technique !== 'repeated' && text.toLowerCase().includes(term),
    );
    expect(open).toEqual([]);
  });

  test.each(evasions)('%s: each is seen, and where it stands', (_, some) => {
    const judged = judgeBy(some.map(({ term, match, leet }) => ruleAbout([term], match ?? 'word', leet ?? false)));
    const missed = some.filter(({ text }, at) => {
      const [from, to] = judged({ text }).hits.find(({ rule }) => rule === at)?.spans[0] ?? [0, 0];
      return text.slice(from, to).trim() === '';
    });
    expect(missed).toEqual([]);
  });
});

test('each command of the corpus that harms whoever runs it is seen', () => {
  const judged = judgeBy([ruleOf({ when: { type: 'shell' } })]);
  const missed = commands.flatMap(([, some]) => some.filter((text) => judged({ text }).hits.length === 0));
  expect(commands.flatMap(([, some]) => some).length).toBeGreaterThan(0);
  expect(missed).toEqual([]);
});

describe('the corpus of innocent messages', () => {
  test('is large enough', () => {
    expect(innocent.flatMap(([, some]) => some).length).toBeGreaterThanOrEqual(300);
    expect(innocent.length).toBeGreaterThanOrEqual(20);
  });

  const terms = (part: 'part' | undefined) =>
    evasions.flatMap(([, some]) => some.flatMap(({ term, match }) => (match === part ? [term] : [])));
  const words = [...new Set([...terms(undefined), ...CLOSE])];
  const parts = [...new Set(terms('part'))];
  const judged = judgeBy(
    [false, true].flatMap((leet) => [ruleAbout(words, 'word', leet), ruleAbout(parts, 'part', leet)]),
  );

  test('presets let all of them stand', () => {
    const presets = Object.values(PRESETS).flatMap((preset) => rulesOf(preset, () => 'an answer'));
    expect(presets.length).toBeGreaterThan(0);
    const byPresets = judgeBy(presets);
    const hit = innocent.flatMap(([, some]) =>
      some.flatMap((text) => {
        // What is open is about more messages than one, or about where it is written.
        const hits = byPresets({ text }).hits.filter(({ late }) => late === undefined);
        return hits.map(({ rule }) => ({ text, rule: presets[rule]?.id }));
      }),
    );
    expect(hit).toEqual([]);
  });

  test.each(innocent)('%s: none is hit', (_, some) => {
    const hit = some.flatMap((text) => {
      const spans = judged({ text }).hits.flatMap((one) => one.spans);
      return spans.length > 0 ? [{ text, found: spans.map(([from, to]) => text.slice(from, to)) }] : [];
    });
    expect(hit).toEqual([]);
  });
});
