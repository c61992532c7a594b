import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPayload } from '../../../src/services/answers/payload.ts';
import { UserError } from '../../../src/services/answers/user-error.ts';
import { render } from '../../../src/services/answers/words.ts';
import { explainPattern, type PatternAsked } from '../../../src/services/patterns/explain.ts';
import { explanationParts } from '../../../src/services/patterns/explanation.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { onDeno } from '../../workers/fixtures/start.ts';

/** A machine that is shared may take long to begin; what is too slow takes half a second all the same. */
const TIMES = { budgetMs: 100, waitMs: 30_000 };
let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ env: { PATTERNS_BACKTRACKING: 'on' }, backtracking: TIMES });
});
afterAll(() => bot[Symbol.asyncDispose]());

const ASKED = { ignoreCase: true, engine: 'linear', of: 'canonical' } as const;

/** What a person reads. */
async function explained(source: string, asked: Partial<PatternAsked> = {}): Promise<string> {
  const reader = { i18n: bot.app.i18n, locale: 'en' };
  try {
    const parts = explanationParts(await explainPattern({ ...ASKED, source, ...asked }, bot.app));
    return JSON.stringify(toPayload({ tone: 'info', parts }, reader).body);
  } catch (error) {
    if (error instanceof UserError) return render(error.said, reader);
    throw error;
  }
}

describe('a pattern is explained before it is used', () => {
  test('says what it looks for, with examples, what has to be there, its cost, and what it finds', async () => {
    const said = await explained('(?<!un)fr[e3]{2}\\s+(?:nitro|gift|\\d*)$', { texts: ['Get FREE  nitro', 'unfree'] });
    for (const piece of [
      'only if this does not stand before:',
      'the text `un`',
      'the text `fr`',
      'one of `[e3]` (2 times)',
      'white space (once or more)',
      'one of these:',
      'the text `nitro`',
      'a digit (any number of times, also none)',
      'where the text ends',
      'It matches for example: `free nitro`',
      'one of `fre`, `fr3`',
      'In `Get FREE  nitro` it finds `FREE  nitro`.',
      'In `unfree` it finds nothing.',
      'With a long message (1,732 characters): ',
    ]) {
      expect(said).toContain(piece);
    }
  });

  test.each([
    ['^$', {}, 'It matches a message without text'],
    ['\\w\\w', {}, 'of 100 ordinary messages'],
    ['^(a+)+$', {}, 'every message is held against it'],
    ['Nitro', { ignoreCase: false }, 'It wants the capital `N`'],
    ['', {}, 'Nothing was written'],
    ['x'.repeat(5_000), {}, 'longer than 1000 characters'],
    ['(x*)*y', {}, 'the text `x`'],
    ['x*', {}, 'It matches every text'],
    ['(?=a)b', { engine: 'backtracking' as const, source: '(' }, onDeno ? 'on Deno' : 'A bracket is opened'],
  ])('%s %o: %s', async (source, asked, piece) => {
    expect(await explained(source, asked)).toContain(piece);
  });

  test('of what the linear engine refuses it is said whether the other is to be had', async () => {
    const said = await explained('nitro(?!s)');
    expect(said).toContain('Look-ahead cannot be used');
    expect(said).toContain(onDeno ? 'here I run on Deno' : '`engine: backtracking`');
    expect(await explained('(')).not.toContain('engine');
  });

  test.skipIf(onDeno)('a pattern that goes back is tried under its budget', async () => {
    const engine = 'backtracking';
    const fine = await explained('(\\w)\\1\\1', { engine, texts: ['Nooo'] });
    expect(fine).toContain('once more what an earlier group took (`\\\\1`)');
    expect(fine).toContain('In `Nooo` it finds `ooo`.');
    const slow = await explained('a{1,120}a+b(?=c)', { engine, texts: ['a'.repeat(2_000)] });
    expect(slow).toContain('With the hardest message for it (2,000 characters): more than the 20 ms');
    expect(slow).toContain('After 3 times it would be out of use');
    expect(slow).toContain('it takes more than 20 ms');
  });
});
