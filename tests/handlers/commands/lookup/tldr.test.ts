import { expect, test } from 'vitest';
import type { Context } from '../../../../src/context.ts';
import syncExternalData from '../../../../src/scheduler/jobs/sync-external-data.ts';
import { type StartBotOptions, startBot, type TestBot } from '../../../bot.ts';
import { type ZipFile, zip } from '../../../files/zip.ts';
import { type BadServer, badServer } from '../../../lib/bad-server.ts';
import { expectSaid } from './outside.ts';

const TAR = `# tar

> Archiving **utility** @everyone.
> More information: <https://www.gnu.org/software/tar>.

- [c]reate an archive:

\`tar cf {{path/to/target.tar}} {{[-v|--verbose]}} \\{\\{x\\}\\} {{a {1..3}}}\`

- List:

\`tar tf {{source.tar}}\`
`;
const page = (title: string, text = 'Something.') => `# ${title}\n\n> ${text}\n\n- Do it:\n\n\`${title}\`\n`;
const file = (path: string, content: string): ZipFile => ({ path, content });
const FILES = [
  file('LICENSE.md', 'free'),
  file('pages/common/tar.md', TAR),
  file('pages/common/git-commit.md', page('git commit')),
  file('pages.de/common/tar.md', page('tar', 'Archivierungswerkzeug.')),
  file('pages.pt_BR/common/tar.md', page('tar', 'Utilitário.')),
  file('pages/linux/apt.md', page('apt')),
  file('pages/osx/dd.md', page('dd', 'On a Mac.')),
  file('pages/linux/dd.md', page('dd', 'On Linux.')),
  file('../../etc/pages/common/passwd.md', page('passwd')),
  file('pages/common/../shadow.md', page('shadow')),
];

interface Pages extends BadServer {
  files: readonly ZipFile[];
  /** What is sent instead. */
  bytes?: Uint8Array | undefined;
}

async function pagesServer(): Promise<Pages> {
  const server: Pages = Object.assign(
    await badServer((request, response) => {
      const body = server.bytes ?? zip(server.files);
      const etag = `"${body.length}"`;
      const same = request.headers['if-none-match'] === etag;
      response.writeHead(same ? 304 : 200, { etag, 'content-type': 'application/zip' }).end(same ? undefined : body);
    }),
    { files: FILES },
  );
  return server;
}

function startWith({ host }: BadServer, options: StartBotOptions = {}): Promise<TestBot> {
  return startBot({ ...options, env: { TLDR_URL: `http://${host}/tldr.zip`, ...options.env } });
}

const sync = (context: Context) => syncExternalData.run(context, new AbortController().signal, () => {});

test.each(['server', 'embedded'] as const)(
  'pages come with the job, and no command asks anybody (%s)',
  async (database) => {
    await using server = await pagesServer();
    await using bot = await startWith(server, { database });
    await expectSaid(bot, ['tldr', { page: 'tar' }], 'within ten minutes');
    await sync(bot.app);
    const { content, message } = await expectSaid(bot, ['tldr', { page: 'TAR' }], 'tar cf <path/to/target.tar>');
    expect(content).toContain('tar cf <path/to/target.tar> --verbose {{x}} <a {1..3}>');
    expect(content).toContain('Archiving \\*\\*utility\\*\\*');
    expect(content).toContain('\\[c\\]reate an archive\n');
    expect(content).toContain('common, en');
    expect(message?.mention_everyone).toBe(false);
    expect(JSON.stringify(message?.components)).toContain('https://www.gnu.org/software/tar');
    await expectSaid(bot, ['tldr', { page: 'git  commit' }], 'git commit');
    await expectSaid(bot, ['tldr', { page: 'dd' }], 'On Linux');
    await expectSaid(bot, ['tldr', { page: 'dd', platform: 'osx' }], 'On a Mac');
    await expectSaid(bot, ['tldr', { page: 'dd', platform: 'windows' }], 'On Linux');
    expect(server.requests).toHaveLength(1);
  },
  120_000,
);

test('a page comes in the language asked for, or English, which is said', async () => {
  await using server = await pagesServer();
  await using bot = await startWith(server);
  await sync(bot.app);
  await expectSaid(bot, ['tldr', { page: 'tar', language: 'de' }], 'Archivierungswerkzeug');
  await expectSaid(bot, ['tldr', { page: 'tar', language: 'pt-BR' }], 'Utilitário');
  await expectSaid(bot, ['tldr', { page: 'apt', language: 'de' }], 'no page in de');
  expect(await bot.discord.autocomplete('tldr', { page: 'tar', language: 'p' }, 'language')).toEqual([
    { name: 'pt_BR', value: 'pt_BR' },
  ]);
});

test('names are offered as they are typed; what is not there is answered with what is like it', async () => {
  await using server = await pagesServer();
  await using bot = await startWith(server);
  expect(await bot.discord.autocomplete('tldr', { page: 't' }, 'page')).toEqual([]);
  await sync(bot.app);
  await expect.poll(() => bot.app.tldrPages.namesLike('', 25)).toEqual(['apt', 'dd', 'git-commit', 'tar']);
  const offered = async (typed: string) =>
    (await bot.discord.autocomplete('tldr', { page: typed }, 'page')).map(({ value }) => value);
  expect(await offered('t')).toEqual(['tar', 'apt', 'git-commit']);
  expect(await offered('git c')).toEqual(['git-commit']);
  await expectSaid(bot, ['tldr', { page: 'commit' }], 'There are: git-commit');
  await expectSaid(bot, ['tldr', { page: 'tat' }], 'There are: tar');
  for (const missing of ['passwd', 'shadow', '../shadow', 'license', 'x*y']) {
    await expectSaid(bot, ['tldr', { page: missing }], 'There is no page for');
  }
});

const bomb = zip([file('pages/common/tar.md', `# tar\n${'x'.repeat(70_000)}`)]);

test.each([
  ['a web page', new TextEncoder().encode('<html>')],
  ['an archive that is cut off', zip(FILES).slice(0, 60)],
  ['an archive of other things', zip([file('a.txt', 'a')])],
  ['pages that are none', zip([file('pages/common/a.md', 'nothing')])],
  ['a page that is far too large', bomb],
  ['far fewer pages', zip([file('pages/common/a.md', page('a'))])],
])('%s is not taken, and the last good pages stay, also after a restart', async (_, bytes) => {
  await using server = await pagesServer();
  let now = new Date('2027-01-01T00:00:00Z');
  await using bot = await startWith(server, { now: () => now });
  await sync(bot.app);
  server.bytes = bytes;
  now = new Date('2027-01-01T23:00:00Z');
  await sync(bot.app);
  expect(server.requests).toHaveLength(1);
  now = new Date('2027-01-02T00:00:00Z');
  await sync(bot.app);
  expect(server.requests).toHaveLength(2);
  expect(bot.log.find(({ msg }) => msg.includes('could not be fetched'))).toMatchObject({
    level: 'error',
    what: 'tldr',
  });
  await expectSaid(bot, ['tldr', { page: 'tar' }], 'tar tf');
  await using second = await startWith(server, { env: { DATABASE_URL: bot.app.config.DATABASE_URL ?? '' } });
  await expect.poll(() => second.app.tldrPages.archive()).toBeDefined();
  await expectSaid(second, ['tldr', { page: 'dd' }], 'On Linux');
});

test('an operator can do without', async () => {
  await using bot = await startBot();
  await expectSaid(bot, ['tldr', { page: 'tar' }], 'switched these pages off');
});
