import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../../bot.ts';
import { bare, SECRETS } from '../../../files/secrets.ts';
import { zip } from '../../../files/zip.ts';
import { upload } from './inspected.ts';

vi.setConfig({ testTimeout: 120_000 });

const TEXT = SECRETS.map(([, secret]) => secret).join('\n\n');
/** Numbers alone are ids, which say who, and open nothing. */
const WORDS = [...new Set(SECRETS.flatMap(([, secret]) => bare(secret)))].filter((word) => !/^\d+\W?$/.test(word));

/** Every row of every table, as text. */
async function rowsOf({ db }: TestBot): Promise<string> {
  const tables = await db<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const rows = await Promise.all(
    tables.map(({ name }) => db<{ row: string }[]>`select t::text as row from ${db(name)} t`),
  );
  return JSON.stringify(rows);
}

/** Nothing of a secret may be told to Discord, written to the log, or kept. */
async function expectNothingTold(bot: TestBot): Promise<void> {
  await bot.app.inFlight.idle();
  const places = {
    requests: JSON.stringify(
      bot.discord.requests().map(({ path, body, query, reason }) => ({ path, body, query, reason })),
    ),
    log: JSON.stringify(bot.log),
    database: await rowsOf(bot),
  };
  for (const [place, said] of Object.entries(places)) {
    const told = WORDS.filter((word) => said.includes(word));
    expect.soft(told, place).toEqual([]);
  }
}

test('no secret of a file is told by /inspect, alone, in an archive or as a table, and its author is warned in private', async () => {
  await using bot = await startBot();
  const rows = SECRETS.map(([kind, secret], at) => `${at},${kind},"${secret.replaceAll('"', '""')}"`);
  const message = await bot.discord.message({
    as: 'owner',
    files: [
      upload('keys.txt', TEXT, 'text/plain'),
      upload('keys.zip', zip([{ path: 'deep/keys.txt', content: TEXT }]), 'application/zip'),
      upload('keys.csv', `at,kind,secret\n${rows.join('\n')}\n`, 'text/csv'),
      upload('keys.json', JSON.stringify(SECRETS.map(([kind, secret]) => ({ [kind]: secret }))), 'application/json'),
    ],
  });
  const since = bot.discord.mark();
  const reply = await bot.discord.messageMenu('Inspect files', message.id, { as: 'member', settle: 'ack' });
  const told = await reply.until(({ content }) => content.includes('What it is'), { deadlineMs: 60_000 });
  expect(told.content).toContain('masked below');
  const warned = await bot.discord.waitFor(
    (entry) => entry.kind === 'request' && JSON.stringify(entry.body ?? '').includes('secret.delete'),
    { since },
  );
  const dm = warned.kind === 'request' ? (warned.path.split('/')[2] ?? '') : '';
  const [warning] = bot.discord.state.messages.list(dm, { limit: 1 });
  const button = /secret\.delete:1:[0-9:]+/.exec(JSON.stringify(warning?.components))?.[0] ?? '';
  expect((await bot.discord.click(warning ?? '', button, { as: 'owner' })).content).toContain('The message is gone');
  expect(bot.discord.state.messages.get(message.id)).toBeUndefined();
  await expectNothingTold(bot);
});

test('no secret is told by /diff and /chart, whatever they make of the files', async () => {
  await using bot = await startBot();
  const other = TEXT.split('').toReversed().join('');
  const before = upload('a.txt', 'nothing\n'.repeat(3), 'text/plain');
  const added = await bot.discord.slash('diff', { before, after: upload('b.txt', TEXT, 'text/plain') });
  expect(added.content).toContain('Lines added');
  await bot.discord.slash('diff', { before: upload('a.txt', TEXT), after: upload('b.txt', other) });
  const rows = SECRETS.map(([, secret], at) => `${at},"${secret.replaceAll('"', '""')}"`).join('\n');
  const file = upload('a.csv', `at,${'AIza'}${WORDS[0]}\n${rows}\n`, 'text/csv');
  await bot.discord.slash('chart', { file, column: 'at' }, { as: 'moderator' });
  await bot.discord.slash('chart', { file, column: 'none' }, { as: 'moderator' });
  const named = upload('c.csv', `at,secret\n${rows}\n`, 'text/csv');
  await bot.discord.slash('chart', { file: named, column: 'secret' }, { as: 'member' });
  await bot.discord.slash('chart', { file: named, column: 'secret', over: 'at' }, { as: 'member' });
  await expectNothingTold(bot);
  const { cdnUrl } = bot.discord;
  const sent =
    JSON.stringify(bot.discord.requests().map(({ answer }) => answer)).match(/http[^"]*changes\.diff[^"]*/g) ?? [];
  for (const url of new Set(sent)) {
    const text = await (await fetch(new URL(url, cdnUrl))).text();
    expect(WORDS.filter((word) => text.includes(word))).toEqual([]);
  }
});
