import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Rule } from '../../../src/workers/rules/schema.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { left, PATIENCE, rule } from './acting.ts';
import { storeRules } from './stored-rules.ts';

vi.setConfig({ testTimeout: 120_000 });

function deletes(term: string): Rule {
  return rule([{ do: 'delete' }], { when: { type: 'words', terms: [term], match: 'word' } });
}

/** Has these rules alone hold from the next message on, changed by whichever process. */
async function has({ app, discord }: TestBot, rules: readonly Rule[], by = app.database): Promise<void> {
  const version = await storeRules(by, discord.guildId, rules);
  await vi.waitFor(async () => {
    const { rules: compiled } = await app.rules.settled(discord.guildId);
    expect(compiled?.version).toBe(version);
  }, PATIENCE);
}

function say(bot: TestBot, content: string) {
  return bot.discord.message({ as: 'member', content, unchecked: true });
}

test('what a server’s rules want is done with its next message, and what another process changes holds from then on', async () => {
  await using database = await freshDatabase();
  await using bot = await startBot({ env: { DATABASE_URL: database.url } });
  await say(bot, 'a fish before any rule');
  await has(bot, [deletes('fish')]);
  await say(bot, 'a bird');
  await say(bot, 'a F\u200bISH');
  await expect.poll(() => left(bot), PATIENCE).toEqual(['a fish before any rule', 'a bird']);
  await has(bot, [deletes('bird')], database);
  await say(bot, 'another bird');
  await say(bot, 'a fish, at last');
  await expect.poll(() => left(bot), PATIENCE).toEqual(['a fish before any rule', 'a bird', 'a fish, at last']);
});

test('a thread that dies at one message of a batch takes none along: all are judged, that one as well', async () => {
  const workerFile = new URL('../../workers/fixtures/mortal-worker.ts', import.meta.url).href;
  await using bot = await startBot({ workerFile });
  await has(bot, [deletes('fish')]);
  const once = crypto.randomUUID();
  const contents = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? `fish ${at}` : `bird ${at}`));
  contents.splice(9, 0, `fish, end this thread once: ${once}`);
  try {
    await Promise.all(contents.map((content) => say(bot, content)));
    const birds = contents.filter((content) => content.startsWith('bird'));
    await expect.poll(() => left(bot).toSorted(), PATIENCE).toEqual(birds.toSorted());
    expect(bot.app.workers.stats().quick.restarts).toBe(1);
    await expect.poll(() => bot.app.activity.totals().counted, PATIENCE).toBe(contents.length);
  } finally {
    await rm(join(tmpdir(), `rockhopper-mortal-${once}`), { force: true });
  }
});
