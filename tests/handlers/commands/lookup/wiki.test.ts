import { expect, test } from 'vitest';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';
import { expectSaid, type OutsideService, outsideService, TROUBLES } from './outside.ts';

const URL_OF = 'https://en.wikipedia.org/wiki/Penguin';
const PENGUIN = {
  title: 'Penguin',
  extract: 'Penguins **are** @everyone <@1> birds.',
  canonicalurl: URL_OF,
  thumbnail: { source: 'https://evil.example/p.jpg' },
};
const SITE = { general: { sitename: 'Wiki[pedia]' } };
/** What the wiki says, by the title or words asked for. */
const PAGES: Readonly<Record<string, unknown>> = {
  Penguin: { query: { ...SITE, pages: [PENGUIN] } },
  Bare: { query: { ...SITE, pages: [{ title: 'Bare' }] } },
  Mercury: {
    query: { ...SITE, pages: [{ title: 'Mercury', canonicalurl: URL_OF, pageprops: { disambiguation: '' } }] },
  },
  Pengwin: { query: { pages: [{ title: 'Pengwin', missing: true }] } },
  Xyzzy: { query: { pages: [{ title: 'Xyzzy', missing: true }] } },
};
const LINKS = {
  query: { pages: [{ title: 'Mercury', links: [{ title: 'Freddie' }, { title: 'Mercury (planet)' }] }] },
};

function wiki(): Promise<OutsideService> {
  return outsideService((path) => answerTo(new URL(path, 'http://localhost').searchParams));
}

function answerTo(asked: URLSearchParams): unknown {
  const title = asked.get('titles') ?? '';
  if (asked.get('action') === 'opensearch') {
    const typed = asked.get('search') ?? '';
    return [typed, typed.startsWith('pen') ? ['Penguin', 'Pencil', 'x'.repeat(200)] : [], [], []];
  }
  if (asked.get('list') === 'search') {
    const search = asked.get('srsearch') === 'Pengwin' ? [{ title: 'Penguin' }, { title: 'Penguin' }] : [];
    return { query: { search, searchinfo: {} } };
  }
  return asked.get('prop') === 'links' ? LINKS : (PAGES[title] ?? { query: {} });
}

function startWith({ host }: Pick<OutsideService, 'host'>): Promise<TestBot> {
  return startBot({ env: { WIKIPEDIA_URL: `http://${host}/w/api.php`, OUTSIDE_DEADLINE_MS: '4000' } });
}

test('shows a page in short, of which nobody is pinged and nothing is formatted, with no picture from elsewhere', async () => {
  await using server = await wiki();
  await using bot = await startWith(server);
  const { content, message } = await expectSaid(bot, ['wiki', { query: 'Penguin' }], 'Penguins \\*\\*are\\*\\*');
  expect(content).toContain('Wiki\\[pedia\\]');
  expect(message?.mention_everyone).toBe(false);
  const sent = JSON.stringify(message?.components);
  expect(sent).toContain(URL_OF);
  expect(sent).not.toContain('evil.example');
  await expectSaid(bot, ['wiki', { query: 'Bare' }], 'shows no summary');
});

test('a title that means several things, or is not there, is asked about; picking shows the page', async () => {
  await using server = await wiki();
  await using bot = await startWith(server);
  const several = await bot.discord.slash('wiki', { query: 'Mercury' });
  await several.until(({ content }) => content.includes('several things'));
  expect(JSON.stringify(several.message?.components)).toMatch(/Mercury \(planet\).*Freddie/);
  const meant = await bot.discord.slash('wiki', { query: 'Pengwin' });
  await meant.until(({ content }) => content.includes('Did you mean one of these?'));
  const message = meant.message;
  if (!message) throw new Error('there is no message to pick from');
  const [menu = ''] = /wiki\.pick:[^"]*/.exec(JSON.stringify(message.components)) ?? [];
  const stranger = await bot.discord.select(message, menu, ['Penguin'], { as: 'owner' });
  expect(saidIn(stranger)).toContain("somebody else's answer");
  await bot.discord.select(message, menu, ['Penguin']);
  await meant.until(({ content }) => content.includes('birds'));
  await expectSaid(bot, ['wiki', { query: 'Xyzzy' }], 'nothing like Xyzzy');
  await expectSaid(bot, ['wiki', { query: '||' }], 'nothing like');
});

test('whatever goes wrong at the wiki, people are told what, and the bot goes on', async () => {
  await using server = await wiki();
  await using bot = await startWith(server);
  for (const [, answering, told] of TROUBLES) {
    server.misbehave(answering);
    await expectSaid(bot, ['wiki', { query: 'Penguin' }], new RegExp(`Wikipedia.*${told}|${told}.*Wikipedia`));
    server.misbehave();
    await expectSaid(bot, ['wiki', { query: 'Penguin' }], 'birds');
  }
});

test('titles are offered while somebody types; while the wiki is slow, what was typed and what fits of before', async () => {
  await using server = await wiki();
  await using bot = await startWith(server);
  const offer = async (query: string) =>
    (await bot.discord.autocomplete('wiki', { query }, 'query')).map(({ value }) => value);
  // On a busy machine the thread that asks may need more than one try's time to start.
  await expect.poll(() => offer('pen')).toEqual(['Penguin', 'Pencil']);
  const asked = server.requests.length;
  expect(await offer('PEN')).toEqual(['Penguin', 'Pencil']);
  expect(server.requests).toHaveLength(asked);
  server.misbehave(() => {});
  expect(await offer('pengu')).toEqual(['Penguin']);
  expect(await offer('other')).toEqual(['other']);
  server.misbehave();
  // That nobody waited for it was not held against the wiki.
  await expectSaid(bot, ['wiki', { query: 'Penguin' }], 'birds');
});

test('a wiki that a server has named is not asked in a private network, not even on the host that the operator trusts', async () => {
  await using server = await wiki();
  await using bot = await startWith(server);
  const { discord } = bot;
  const sites = [{ name: 'Rocks', api: `https://${server.host}/api.php` }];
  await bot.set('wiki', { sites });
  const asked = { query: 'Penguin', site: 'rocks' };
  await expectSaid(bot, ['wiki', asked], 'I may not ask Rocks: its address is private');
  expect(await discord.autocomplete('wiki', { ...asked, query: 'pen' }, 'query')).toEqual([
    { name: 'pen', value: 'pen' },
  ]);
  expect(server.requests).toEqual([]);
  expect(await discord.autocomplete('wiki', { query: 'x', site: 'ro' }, 'site')).toEqual([
    { name: 'Rocks', value: 'Rocks' },
  ]);
  await expectSaid(
    bot,
    ['wiki', { query: 'x', site: 'Stones' }],
    'no wiki named Stones here. There are: Wikipedia, Rocks',
  );
});
