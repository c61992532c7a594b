import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import type { HttpClient } from '../../../src/lib/http-client.ts';
import { HttpGoneError, HttpRefusedError } from '../../../src/lib/http-errors.ts';
import { type ErrandTools, errandConfig } from '../../../src/workers/errand.ts';
import wikiPage from '../../../src/workers/errands/wiki-page.ts';
import wikiSite from '../../../src/workers/errands/wiki-site.ts';

type Json = HttpClient['json'];
type Asked = { readonly url: URL; readonly fromMembers: boolean | undefined };

/** Public addresses cannot be asked in a test: this stands in for the client, and checks the answers as it does. */
function toolsWith(answer: (url: URL) => unknown): { readonly tools: ErrandTools; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const json: Json = async (address, schema, request = {}) => {
    const url = new URL(address);
    asked.push({ url, fromMembers: request.fromMembers });
    return Value.Parse(schema, answer(url));
  };
  const config = errandConfig(parseConfig({}));
  const tools = { http: { json } as unknown as HttpClient, config, signal: new AbortController().signal };
  return { tools, asked };
}

const page = (url: string, picture: string) => ({
  query: {
    pages: [{ title: 'A', extract: 'b', canonicalurl: url, thumbnail: { source: picture } }],
    general: { sitename: 'W' },
  },
});

test('a named wiki is asked as one that members named, and leads to its own pages and pictures only', async () => {
  const api = 'https://wiki.example/w/api.php';
  const own = toolsWith(() => page('http://wiki.example/A', 'https://wiki.example/a.png'));
  expect(await wikiPage.run({ api, title: 'A' }, own.tools)).toEqual({
    kind: 'page',
    title: 'A',
    extract: 'b',
    site: 'W',
    url: 'https://wiki.example/A',
    thumbnail: 'https://wiki.example/a.png',
  });
  expect(own.asked).toMatchObject([{ fromMembers: true }]);
  const other = toolsWith(() => page('https://evil.example/A', 'https://upload.wikimedia.org/a.png'));
  const found = await wikiPage.run({ api, title: 'A' }, other.tools);
  expect(found).not.toHaveProperty('url');
  expect(found).not.toHaveProperty('thumbnail');
});

test("Wikipedia's pictures are on Wikimedia's host", async () => {
  const { tools, asked } = toolsWith(() =>
    page('https://en.wikipedia.org/wiki/A', 'https://upload.wikimedia.org/a.png'),
  );
  expect(await wikiPage.run({ title: 'A|B' }, tools)).toMatchObject({
    thumbnail: 'https://upload.wikimedia.org/a.png',
  });
  expect(asked[0]?.url.searchParams.get('titles')).toBe('A B');
  expect(asked).toMatchObject([{ fromMembers: false }]);
});

test('the API is looked for where wikis have it', async () => {
  const { tools, asked } = toolsWith((url) => {
    if (url.pathname === '/api.php') throw new HttpRefusedError('a page');
    return { query: { general: { sitename: 'Rocks' } } };
  });
  expect(await wikiSite.run({ address: 'https://rocks.example/wiki/Main_Page' }, tools)).toEqual({
    api: 'https://rocks.example/w/api.php',
    site: 'Rocks',
  });
  expect(asked.every(({ fromMembers }) => fromMembers)).toBe(true);
  const none = toolsWith(() => {
    throw new HttpGoneError('nothing');
  });
  await expect(wikiSite.run({ address: 'https://rocks.example/x/api.php?y' }, none.tools)).rejects.toThrow(
    HttpGoneError,
  );
  expect(none.asked.map(({ url }) => url.pathname)).toEqual(['/x/api.php']);
  await expect(wikiSite.run({ address: 'https://user:word@rocks.example/' }, none.tools)).rejects.toThrow(
    HttpGoneError,
  );
});
