import { expect, test } from 'vitest';
import { VERSION } from '../../../../src/lib/version.ts';
import { startBot } from '../../../bot.ts';
import { rawServer, untrustedServer } from '../../../lib/bad-server.ts';
import { expectSaid, outsideService, TROUBLES } from './outside.ts';

const COMIC = {
  num: 3000,
  safe_title: 'Exp<b>erimental',
  alt: 'Results @everyone **were** mixed.',
  img: 'https://imgs.xkcd.com/comics/experimental.png',
  year: '2024',
  month: '10',
  day: '7',
  transcript: 'not needed',
};
const PAGES = {
  '/info.0.json': COMIC,
  '/3000/info.0.json': COMIC,
  '/1/info.0.json': { ...COMIC, num: 1, safe_title: 'Barrel' },
};

test('the service is told who asks, and where the operator is reached', async () => {
  await using xkcd = await outsideService(PAGES);
  await using bot = await startWith(`http://${xkcd.host}/`, { CONTACT: 'mailto:ferry@example.com' });
  await expectSaid(bot, ['xkcd', { comic: '1' }], '1: Barrel');
  expect(xkcd.requests[0]?.headers['user-agent']).toBe(`Rockhopper/${VERSION} (mailto:ferry@example.com)`);
});

async function startWith(xkcd: string, env: Readonly<Record<string, string>> = {}) {
  return startBot({ env: { XKCD_URL: xkcd, OUTSIDE_DEADLINE_MS: '4000', ...env } });
}

test('shows a comic with its picture and the words under it, which nobody can format or be pinged by', async () => {
  await using xkcd = await outsideService(PAGES);
  await using bot = await startWith(`http://${xkcd.host}/`);
  const { message } = await expectSaid(bot, ['xkcd'], '3000: Exp\\<b\\>erimental');
  const sent = JSON.stringify(message?.components);
  expect(sent).toContain(COMIC.img);
  expect(sent).toContain('Results @everyone \\\\*\\\\*were\\\\*\\\\* mixed.');
  expect(sent).toContain('https://xkcd.com/3000/');
  await expectSaid(bot, ['xkcd', { comic: '#1' }], '1: Barrel');
  await expectSaid(bot, ['xkcd', { comic: '99999' }], 'no comic 99999');
  await expectSaid(bot, ['xkcd', { comic: '../x' }], 'no comic. Write its number');
  expect(xkcd.requests.at(-1)?.url).toBe('/99999/info.0.json');
});

test('a random comic is one between the first and the latest', async () => {
  await using xkcd = await outsideService({
    '/info.0.json': { ...COMIC, num: 1 },
    '/1/info.0.json': { ...COMIC, num: 1 },
  });
  await using bot = await startWith(`http://${xkcd.host}`);
  await expectSaid(bot, ['xkcd', { comic: 'random' }], '1: Exp');
  expect(xkcd.requests.map(({ url }) => url)).toEqual(['/info.0.json', '/1/info.0.json']);
});

test('whatever goes wrong at xkcd, people are told what, and the bot goes on', async () => {
  await using xkcd = await outsideService(PAGES);
  await using bot = await startWith(`http://${xkcd.host}`);
  for (const [, answering, told] of TROUBLES) {
    xkcd.misbehave(answering);
    await expectSaid(bot, ['xkcd'], new RegExp(`xkcd.*${told}|${told}.*xkcd`));
    xkcd.misbehave();
    await expectSaid(bot, ['xkcd'], '3000: Exp');
  }
});

test.each(['untrusted', 'no TLS at all'])('a certificate that is %s is not accepted', async (kind) => {
  await using server = await (kind === 'untrusted' ? untrustedServer() : rawServer('HTTP/1.1 200 OK\r\n\r\n'));
  await using bot = await startWith(`https://${server.host}`);
  await expectSaid(bot, ['xkcd'], 'xkcd cannot be reached right now');
});

test('what still holds is not sent again, and is not asked for while it is fresh', async () => {
  await using xkcd = await outsideService(PAGES);
  let fresh = 0;
  xkcd.misbehave((response, path) => {
    const known = xkcd.requests.at(-1)?.headers['if-none-match'] === '"a"';
    response.writeHead(known ? 304 : 200, {
      'content-type': 'application/json',
      etag: '"a"',
      'cache-control': `max-age=${fresh}`,
    });
    response.end(known ? undefined : JSON.stringify(path === '/info.0.json' ? COMIC : {}));
  });
  await using bot = await startWith(`http://${xkcd.host}`);
  await expectSaid(bot, ['xkcd'], '3000: Exp');
  await expect.poll(() => bot.db`select body from http_cache`).toHaveLength(1);
  fresh = 600;
  await expectSaid(bot, ['xkcd'], '3000: Exp');
  expect(xkcd.requests[1]?.headers['if-none-match']).toBe('"a"');
  await expect.poll(() => bot.db`select key from http_cache where fresh_until > now()`).toHaveLength(1);
  await expectSaid(bot, ['xkcd'], '3000: Exp');
  expect(xkcd.requests).toHaveLength(2);
  const [kept] = await bot.db<{ body: string }[]>`select body from http_cache`;
  expect(kept?.body).not.toContain('transcript');
});
