import { type Static, Type } from '@sinclair/typebox';
import { defineErrand, type ErrandTools } from '../errand.ts';
import { short } from '../short-text.ts';
import { Api, askWiki, ownAddress, ownPicture, Title, titleOf } from '../wiki/api.ts';

const LONGEST_TITLE = 255;
const LONGEST_EXTRACT = 900;
const THUMBNAIL_PIXELS = '320';
/** What a menu holds. */
const MOST_CHOICES = 25;
const MOST_LINKS = '200';
const MOST_MEANT = '10';

const Page = Type.Object({
  title: Type.String(),
  missing: Type.Optional(Type.Boolean()),
  invalid: Type.Optional(Type.Boolean()),
  special: Type.Optional(Type.Boolean()),
  extract: Type.Optional(Type.String()),
  canonicalurl: Type.Optional(Type.String()),
  thumbnail: Type.Optional(Type.Object({ source: Type.String() })),
  pageprops: Type.Optional(Type.Object({ disambiguation: Type.Optional(Type.String()) })),
  links: Type.Optional(Type.Array(Type.Object({ title: Type.String() }))),
});
const Pages = Type.Object({
  query: Type.Object({
    pages: Type.Optional(Type.Array(Page)),
    general: Type.Optional(Type.Object({ sitename: Type.String() })),
  }),
});
const Search = Type.Object({
  query: Type.Object({
    search: Type.Array(Type.Object({ title: Type.String() })),
    searchinfo: Type.Optional(Type.Object({ suggestion: Type.Optional(Type.String()) })),
  }),
});

const Titles = Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_TITLE }), { maxItems: MOST_CHOICES });
const Found = {
  title: Type.String({ maxLength: LONGEST_TITLE }),
  /** How the wiki calls itself. */
  site: Type.String({ maxLength: 100 }),
  url: Type.Optional(Type.String({ pattern: '^https://' })),
};
const Output = Type.Union([
  Type.Object({
    kind: Type.Literal('page'),
    ...Found,
    extract: Type.String({ maxLength: LONGEST_EXTRACT }),
    thumbnail: Type.Optional(Type.String({ pattern: '^https://' })),
  }),
  /** A title that stands for several things. */
  Type.Object({ kind: Type.Literal('several'), ...Found, choices: Titles }),
  Type.Object({ kind: Type.Literal('none'), meant: Titles }),
]);

/** A page of a wiki in short; what it might mean where it stands for several things; what is like it where it is not there. */
export default defineErrand({
  input: Type.Object({ api: Api, title: Title }),
  output: Output,
  async run({ api, title: typed }, tools): Promise<Static<typeof Output>> {
    const title = titleOf(typed);
    const params = {
      titles: title,
      redirects: '1',
      prop: 'extracts|info|pageimages|pageprops',
      inprop: 'url',
      exintro: '1',
      explaintext: '1',
      exchars: String(LONGEST_EXTRACT),
      piprop: 'thumbnail',
      pithumbsize: THUMBNAIL_PIXELS,
      ppprop: 'disambiguation',
      meta: 'siteinfo',
    };
    const { query } = await askWiki(api, { action: 'query', ...params }, Pages, tools);
    const page = query.pages?.[0];
    if (!page || page.missing || page.invalid || page.special)
      return { kind: 'none', meant: await meantBy(title, api, tools) };
    const url = ownAddress(page.canonicalurl, api);
    const found = {
      title: short(page.title, LONGEST_TITLE),
      site: short(query.general?.sitename, 100),
      ...(url !== undefined && { url }),
    };
    if (page.pageprops?.disambiguation !== undefined)
      return { kind: 'several', ...found, choices: await linkedFrom(page.title, api, tools) };
    const thumbnail = ownPicture(page.thumbnail?.source, api ?? tools.config.WIKIPEDIA_URL);
    return { kind: 'page', ...found, extract: short(page.extract, LONGEST_EXTRACT), ...(thumbnail && { thumbnail }) };
  },
});

async function meantBy(title: string, api: Api | undefined, tools: ErrandTools): Promise<string[]> {
  if (title === '') return [];
  const params = {
    action: 'query',
    list: 'search',
    srsearch: title,
    srlimit: MOST_MEANT,
    srinfo: 'suggestion',
    srprop: '',
  };
  const { query } = await askWiki(api, params, Search, tools);
  const suggestion = query.searchinfo?.suggestion;
  return offered([...(suggestion === undefined ? [] : [suggestion]), ...query.search.map((one) => one.title)]);
}

/** What a page leads to; what has its name in its own comes first. */
async function linkedFrom(title: string, api: Api | undefined, tools: ErrandTools): Promise<string[]> {
  const params = { action: 'query', titles: title, prop: 'links', plnamespace: '0', pllimit: MOST_LINKS };
  const { query } = await askWiki(api, params, Pages, tools);
  const name = title.replace(/ \([^)]{1,50}\)$/, '').toLowerCase();
  const links = (query.pages?.[0]?.links ?? []).map((link) => link.title);
  const { true: named = [], false: others = [] } = Object.groupBy(
    links,
    (one) => `${one.toLowerCase().includes(name)}` as const,
  );
  return offered([...named, ...others]);
}

function offered(titles: readonly string[]): string[] {
  const fitting = titles.filter((title) => title !== '' && title.length <= LONGEST_TITLE);
  return [...new Set(fitting)].slice(0, MOST_CHOICES);
}
