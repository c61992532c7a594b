import { describe, expect, test } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';
import { HOSTILE, type HostileFile, MORE_HOSTILE } from '../../files/hostile.ts';
import { wordsOn } from './asking.ts';

const SAFE = '**Safe**';
const UNSEEN = '**Not looked into**';
const CAREFUL = '**Careful**';
const DANGEROUS = '**Dangerous**';
const NO_CODES = 'so full of the patterns of QR codes that I did not look for codes in it';

/** What the card says of each: the verdict, why, the limit that was reached, and what was seen until then. */
const SAID: Readonly<Record<keyof typeof HOSTILE, readonly string[]>> = {
  'an empty file': [SAFE, 'What it is** an empty file', 'Size** 0 B'],
  'ten megabytes of zeros': [UNSEEN, 'What it is** no kind of file that I know', 'Size** 10.0 MB'],
  'zips in zips, as 42.zip': [
    DANGEROUS,
    '- in lib 4-0.zip › lib 3-0.zip › lib 2-0.zip: archives in archives, more than 3 deep: lib 1-0.zip',
    'Contents** files: 16;',
  ],
  'a gzip of a gigabyte of zeros': [DANGEROUS, '- it is a bomb: 973.6 KB unpack to ', 'I read at most 32.0 MB'],
  'a gzip of nothing, a million times': [CAREFUL, 'gzip: more members than a file needs'],
  'a bzip2 of zeros': [DANGEROUS, '- it is a bomb: 686 B unpack to ', 'I read at most 32.0 MB'],
  'an xz of zeros': [DANGEROUS, '- it is a bomb: 71.1 KB unpack to ', 'I read at most 32.0 MB'],
  'a zip of as many entries as there is room for': [
    CAREFUL,
    'I read at most 20,000',
    'Contents** files: 20,000;',
    '+19985',
  ],
  'a tar of nothing but headers': [CAREFUL, 'I read at most 20,000', 'Contents** files: 20,000;', '+19985'],
  'a zip whose entries share their bytes': [
    DANGEROUS,
    '- it is a bomb: 68.4 KB unpack to 20.0 GB',
    '- its entries share the same bytes',
  ],
  'a zip that lies about sizes': [DANGEROUS, '- a.txt is not as large as the archive says', 'Contents** files: 1;'],
  'a zip that lies as far as it can': [DANGEROUS, ' is not as large as the archive says', 'Contents** files: 3;'],
  'a zip that holds less than it says': [DANGEROUS, '- a.txt is not as large as the archive says'],
  'a zip with a program behind empty blocks': [DANGEROUS, '- programs in it (1): holiday.jpg'],
  'a zip with a program behind many files': [DANGEROUS, '- programs in it (1): readme.txt'],
  'a zip of scripts that fetch what they run': [
    DANGEROUS,
    '- in lib/setup.py: the script fetches something and runs it',
    'scripts in it (301): lib/0.py',
  ],
  'a zip of names of a thousand characters': [
    CAREFUL,
    'it really ends in “txt”',
    '1 B  0␁␛[31m·␀x',
    'Contents** files: 2,000',
  ],
  'a PNG of 60,000 by 60,000 pixels': [
    CAREFUL,
    'it has 3,600 million pixels or more, and I look at 16 million at most',
    'Size in pixels** 60000 × 60000',
  ],
  'a PNG tiled with the patterns of QR codes': [UNSEEN, NO_CODES, 'Size in pixels** 1728 × 1728'],
  'the same in white on black': [UNSEEN, NO_CODES],
  'the same, its rows staggered': [UNSEEN, NO_CODES],
  'a GIF of 100,000 frames': [
    CAREFUL,
    'it has 100,000 frames or more, and I look at 1,000 at most',
    'frames: 100,000',
    'The first of 100000 frames',
  ],
  'a PDF whose pages go round in circles': [CAREFUL, '- its pages lead back to themselves', 'Pages** 1'],
  'a PDF with a page of scripts in front': [
    DANGEROUS,
    '- it is two things at once: programs may also take it for HTML',
  ],
  'a PDF with a bomb of a page': [DANGEROUS, '- a page of it unpacks to far more than any page needs', 'Pages** 1'],
  'a PDF with a bomb, packed three times': [DANGEROUS, '- a page of it unpacks to far more', 'Pages** 1'],
  'a Word document of entities in entities': [CAREFUL, 'broken or cut off: word/document.xml', 'Title** On penguins'],
  'a zip of programs that calls itself a Word document': [
    DANGEROUS,
    '- programs in it (2): setup.exe, ../../evil.lnk',
    'What it is** a Word document',
  ],
  'a zip of programs that calls itself an e-book': [DANGEROUS, '- programs in it (1): OEBPS/cover.jpg'],
  'a Word document with a part that lies about its size': [
    DANGEROUS,
    '- customXml/item1.xml is not as large as the archive says',
  ],
  'a Word document nested deep': [CAREFUL, 'broken or cut off: word/document.xml', 'Title** On penguins'],
  'a shortcut of macOS to a share': [DANGEROUS, '- it is a shortcut: opening it opens '],
  'a table that runs a program': [DANGEROUS, '- it tells another program what to run: '],
  'a message of Outlook with a program': [
    DANGEROUS,
    '- in invoice.pdf: it is a Windows program',
    '- a file lies inside it: invoice.pdf',
  ],
  'UTF-16 without a mark': [SAFE, 'What it is** plain text', 'Text** UTF-16LE; lines: 20', 'Café in Ålesund'],
  'UTF-16 the other way round, without a mark': [SAFE, 'Text** UTF-16BE; lines: 20', 'Café in Ålesund'],
  'Latin-1': [SAFE, 'Text** LATIN-1; lines: 20', 'Café in Ålesund'],
  'invalid UTF-8': [SAFE, 'What it is** plain text', 'lines: 2'],
  'two encodings in one text': [SAFE, 'What it is** plain text', 'Café in Ålesund'],
};

const MORE_SAID: readonly (readonly [what: string, said: readonly string[]])[] = [
  ['text: JSON nested a million deep', [CAREFUL, '1,000,000 levels deep', 'What it is** JSON']],
  ['text: YAML that unfolds', [SAFE, 'What it is** YAML', 'documents: 1; keys: 30']],
  [
    'text: a table of one line of 20 MB',
    [SAFE, 'What it is** a table (CSV)', 'longest line has 21,000,000 characters'],
  ],
  ['PDF: references in a ring', [CAREFUL, 'What it is** a PDF document']],
];

test('a file that is made to do harm gets a verdict', async () => {
  await using bot = await startBot();
  // What is asked here is not how far a busy machine comes in the usual time.
  await bot.set('files', { openingMilliseconds: 5_000 });
  for (const [what, said] of Object.entries(SAID)) {
    await expectCard(bot, what, HOSTILE[what as keyof typeof HOSTILE], said); // the table has these keys and no others
  }
  for (const [what, said] of MORE_SAID) await expectCard(bot, what, MORE_HOSTILE[what], said);
}, 120_000);

test('a name of a thousand characters and controls is shown short, and cannot leave its place', async () => {
  await using bot = await startBot();
  const name = `**@everyone** \u0000\u001b[31m\u202e${'long '.repeat(200)}.txt`;
  const reply = await bot.discord.slash('inspect', { file: { name, bytes: new TextEncoder().encode('x') } });
  expect(reply.content).toContain('What it is** plain text');
  expect(reply.content).toMatch(/its name is 1\d{3} characters long/);
  expect(reply.content).not.toContain('**@everyone');
  expect((reply.content.split('\n')[0] ?? '').length).toBeLessThan(400);
});

const NOT_DISCORD = 'I only open files that were uploaded to Discord.';
/** Private, somebody else's, nearly Discord's, and no address of the web at all. */
const ELSEWHERE = [
  'http://169.254.169.254/latest/meta-data/a.txt',
  'http://127.0.0.1:5432/a.txt',
  'http://[::1]/a.txt',
  'https://files.example/a.txt',
  'http://cdn.discordapp.com/a.txt',
  'https://cdn.discordapp.com.files.example/a.txt',
  'file:///etc/passwd',
];

describe('a file that cannot be had is refused, with what to do', () => {
  test.each([403, 404, 410])('gone (%i)', async (status) => {
    await using bot = await startBot();
    bot.discord.faults.files('a.txt', { kind: 'status', status });
    expect(await wordsOn(bot, TEXT)).toBe('That file is no longer there. Upload it again.');
  });

  test('shorter than announced', async () => {
    await using bot = await startBot();
    bot.discord.faults.files('a.txt', { kind: 'truncate', bytes: 5 });
    expect(await wordsOn(bot, TEXT)).toBe('That file could not be fetched. Try again in a moment.');
  });

  test('without an end', async () => {
    await using bot = await startBot();
    bot.discord.faults.files('a.txt', { kind: 'grow', bytes: 40_000_000 });
    expect(await wordsOn(bot, TEXT)).toBe('That file is too large for me: at most 25 MB. A shorter excerpt works.');
  });

  test('too slow', async () => {
    await using bot = await startBot();
    await bot.set('files', { downloadSeconds: 1 });
    bot.discord.faults.files('a.txt', { kind: 'slow', bytesPerSecond: 10 });
    expect(await wordsOn(bot, TEXT)).toBe('That file did not arrive within 1 s. Try again in a moment.');
  });

  test('at an address that is not allowed', async () => {
    await using bot = await startBot();
    for (const url of ELSEWHERE) expect.soft(await wordsOn(bot, { ...TEXT, url }), url).toBe(NOT_DISCORD);
    expect(bot.app.io.stats()).toMatchObject({ failed: ELSEWHERE.length, bytes: 0 });
  });

  test('sent on to an address that is not allowed', async () => {
    await using bot = await startBot();
    for (const to of ELSEWHERE) {
      bot.discord.faults.files('a.txt', { kind: 'redirect', to }, { times: 1 });
      expect.soft(await wordsOn(bot, TEXT), to).toBe(NOT_DISCORD);
    }
    expect(bot.app.io.stats()).toMatchObject({ failed: ELSEWHERE.length, bytes: 0 });
  });
});

test('of a file that is longer than announced, what arrived is opened and counted', async () => {
  await using bot = await startBot();
  bot.discord.faults.files('a.txt', { kind: 'grow', bytes: 2_000_000 });
  const content = await wordsOn(bot, TEXT);
  expect(content).toContain('What it is** no kind of file that I know');
  expect(content).toContain('Size** 2.0 MB');
});

const TEXT = { name: 'a.txt', bytes: new TextEncoder().encode('hello, world\n'.repeat(50)) };

async function expectCard(bot: TestBot, what: string, file: HostileFile | undefined, said: readonly string[]) {
  if (!file) throw new Error(`there is no file "${what}"`);
  const content = await wordsOn(bot, { name: file.name, bytes: file.make() });
  const [level, ...others] = said;
  expect.soft(content.split('\n').slice(0, 2), what).toEqual([`### ${file.name}`, level]);
  for (const words of others) expect.soft(content, what).toContain(words);
}
