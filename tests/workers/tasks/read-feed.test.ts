import { expect, test } from 'vitest';
import readFeed from '../../../src/workers/tasks/read-feed.ts';

const URL = 'https://example.com/blog/feed.xml';

async function read(body: string | Uint8Array, type = 'application/xml') {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const outcome = await readFeed.run({ bytes, type, url: URL });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

async function itemsOf(body: string | Uint8Array, type?: string) {
  const told = await read(body, type);
  return told.kind === 'feed' ? told.items : [];
}

const rss = (items: string, head = '') =>
  `<?xml version="1.0"?>${head}<rss version="2.0"><channel><title>News</title><link>https://example.com/</link>${items}</channel></rss>`;
const shown = { url: 'https://example.com/blog/1', at: Date.parse('2027-07-06T12:00:00Z'), by: 'Ada' };

test('RSS, Atom, RDF and JSON Feed say the same', async () => {
  const feeds = [
    rss(
      '<item><title>One &amp; <![CDATA[<i>two</i>]]></title><link>1</link><author>ada@example.com (Ada)</author><guid>1</guid><pubDate>Tue, 06 Jul 2027 12:00:00 GMT</pubDate><description>&lt;p&gt;Some&amp;nbsp;text&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;</description></item>',
    ),
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link href="https://example.com/"/><entry><id>1</id><title>One &amp; two</title><author><name>Ada</name></author><link rel="edit" href="/edit"/><link href="1"/><updated>2027-07-06T12:00:00Z</updated><summary type="html">Some &lt;b&gt;text&lt;/b&gt;</summary></entry></feed>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>News</title><link>https://example.com/</link></channel><item rdf:about="1"><title>One &amp; two</title><link>1</link><dc:creator>Ada</dc:creator><dc:date>2027-07-06T12:00:00Z</dc:date><description>Some text</description></item></rdf:RDF>',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'News',
      home_page_url: 'https://example.com/',
      items: [
        {
          id: '1',
          url: '1',
          title: 'One & two',
          content_text: 'Some text',
          authors: [{ name: 'Ada' }],
          date_published: '2027-07-06T12:00:00Z',
        },
      ],
    }),
  ];
  for (const feed of feeds) {
    const told = await read(feed);
    expect(told).toMatchObject({ kind: 'feed', title: 'News', home: 'https://example.com/' });
    expect(told.kind === 'feed' && told.items, feed).toMatchObject([
      { ...shown, title: 'One & two', text: 'Some text' },
    ]);
  }
});

test('encodings are those that the mark, the server or the document tells', async () => {
  const feed = (encoding: string) =>
    rss('<item><title>Äpfel</title></item>').replace('"1.0"', `"1.0" encoding="${encoding}"`);
  const latin = Uint8Array.from(feed('ISO-8859-1'), (char) => char.charCodeAt(0));
  const wide = new Uint8Array([
    0xff,
    0xfe,
    ...new Uint8Array(Uint16Array.from(feed('utf-16'), (char) => char.charCodeAt(0)).buffer),
  ]);
  const shiftJis = new Uint8Array([
    ...new TextEncoder().encode(rss('<item><title>').slice(0, -16)),
    0x83,
    0x65,
    ...new TextEncoder().encode('</title></item></channel></rss>'),
  ]);
  expect(await itemsOf(latin)).toMatchObject([{ title: 'Äpfel' }]);
  expect(await itemsOf(wide)).toMatchObject([{ title: 'Äpfel' }]);
  expect(await itemsOf(feed('utf-16'))).toMatchObject([{ title: 'Äpfel' }]);
  expect(await itemsOf(feed('no-such-encoding'))).toMatchObject([{ title: 'Äpfel' }]);
  expect(await itemsOf(shiftJis, 'text/xml; charset=Shift_JIS')).toMatchObject([{ title: 'テ' }]);
});

test('words that a document defines for itself are not unfolded, and nothing is fetched', async () => {
  const laughs = Array.from({ length: 20 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
  const bomb = rss('<item><title>a &l20; b</title></item>', `<!DOCTYPE r [<!ENTITY l0 "lol">${laughs}]>`);
  expect((await itemsOf(bomb)).map(({ title }) => title).join('')).not.toContain('lol');
  const outside = rss('<item><title>&x;</title></item>', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
  expect(JSON.stringify(await read(outside))).not.toContain('root');
});

test('whatever a stranger sends is answered in bounds', async () => {
  const hostile = [
    '',
    '<',
    '{',
    '[]',
    'null',
    '<rss>',
    '<'.repeat(2_000_000),
    rss('<a>'.repeat(500_000)),
    rss(`<item><description>${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}</description></item>`),
    rss(`<item ${Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ')}></item>`),
    rss('<item><title>x</title></item>'.repeat(60_000)),
    rss(`<item><title>${'x'.repeat(2_000_000)}</title></item>`),
    rss('<![CDATA['.repeat(200_000)),
    `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    new Uint8Array(2_000_000).map((_, at) => (at * 7_919) % 251),
  ];
  for (const [at, body] of hostile.entries()) {
    const outcome = await readFeed.run({
      bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body,
      type: '',
      url: URL,
    });
    if (outcome.ok && outcome.value.kind === 'feed')
      expect(outcome.value.items.length, `${at}`).toBeLessThanOrEqual(200);
    else if (!outcome.ok) expect(outcome.error.name, `${at}`).toMatch(/Error$/);
  }
});

test('addresses that are none are left out, and what turns text around is taken out', async () => {
  const [item] = await itemsOf(
    rss(
      '<item><title>a\u202eb\u0007c</title><link>javascript:alert(1)</link><pubDate>+275760-09-13T00:00:00Z</pubDate></item>',
    ),
  );
  expect(item).toMatchObject({ title: 'abc', url: null, at: null });
});

test('of many entries without dates both ends are told, what comes last in the feed the last first, and the others are known', async () => {
  const items = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `<item><title>${from + at}</title><guid>g${from + at}</guid></item>`);
  const told = async (entries: readonly string[]) => {
    const feed = await read(rss(entries.join('')));
    if (feed.kind !== 'feed') throw new Error(feed.kind);
    return {
      titles: feed.items.map(({ title }) => title),
      others: feed.others,
      keys: feed.items.map(({ keys }) => keys),
    };
  };
  const before = await told(items(0, 2_500));
  expect(before.titles.slice(99, 102)).toEqual(['99', '2499', '2498']);
  expect(before.others).toHaveLength(2_000);
  const after = await told(items(0, 2_502));
  expect(after.titles.slice(100, 103)).toEqual(['2501', '2500', '2499']);
  expect(before.others).toContain((await told(items(1_050, 1_051))).keys[0]?.[0]);
  expect((await told(items(0, 200))).others).toEqual([]);
});

test('the feeds that a web page names are told, and a page that names none is nothing', async () => {
  const page =
    '<!doctype html><base href="/blog/"><link rel="stylesheet" href="x.css"><link rel="alternate" type="application/atom+xml" href="atom.xml"><link rel="alternate" type="text/html" href="de.html">';
  expect(await read(page, 'text/html')).toEqual({ kind: 'page', feeds: ['https://example.com/blog/atom.xml'] });
  expect(await read('<!doctype html><p>hello', 'text/html')).toEqual({ kind: 'nothing' });
});
