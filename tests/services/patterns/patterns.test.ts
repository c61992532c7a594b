import { expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { UserError } from '../../../src/services/answers/user-error.ts';
import { render } from '../../../src/services/answers/words.ts';
import { checkPattern, textsMatching } from '../../../src/services/patterns/patterns.ts';
import { startWorkers } from '../../../src/workers/offload.ts';

const reader = { i18n: createI18n(), locale: 'en' };

async function refusalOf(source: string): Promise<string | undefined> {
  await using workers = await startWorkers({ threads: 2 });
  try {
    await checkPattern(workers, { source, ignoreCase: true });
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return render(error.said, reader);
    throw error;
  }
}

test('a pattern that can be used passes, another is refused in words that say what and where', async () => {
  expect(await refusalOf('fr[e3]{2}\\s+nitro')).toBeUndefined();
  expect(await refusalOf('nitro(?!s)')).toMatch(
    /^This pattern cannot be used\. Look-ahead .* It is at character 6: `\(\?!`\.$/,
  );
  expect(await refusalOf('(a{1000}){1000}')).toMatch(/number of repetitions .* It says `\{1000\}`\.$/);
  expect(await refusalOf('`*`*`')).toBeUndefined();
  expect(await refusalOf('x'.repeat(5_000))).toMatch(/longer than 1000 characters/);
});

test('all texts are looked at, however many batches that takes', async () => {
  await using workers = await startWorkers({ threads: 2 });
  const texts = Array.from({ length: 250 }, (_, at) => (at % 60 === 7 ? `FREE nitro ${at}` : `rock ${at}`));
  const found = await textsMatching(workers, { source: 'free\\s', ignoreCase: true }, texts);
  expect([...found]).toEqual([7, 67, 127, 187, 247]);
  const costly = Array.from({ length: 12 }, () => 'ab'.repeat(2_000));
  expect(await textsMatching(workers, { source: 'b[ab]{450}[c-e]|x$', ignoreCase: false }, costly)).toEqual(new Set());
});
