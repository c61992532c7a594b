import { Type } from '@sinclair/typebox';
import { defineErrand } from '../errand.ts';
import { Api, askWiki, Title, titleOf } from '../wiki/api.ts';

const MOST = 25;
/** What is longer cannot be offered as a choice. */
const LONGEST_CHOICE = 100;

/** Titles that begin with what somebody is typing, the likeliest first. */
export default defineErrand({
  input: Type.Object({ api: Api, typed: Title }),
  output: Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_CHOICE }), { maxItems: MOST }),
  async run({ api, typed }, tools) {
    const params = { action: 'opensearch', search: titleOf(typed), limit: String(MOST), redirects: 'resolve' };
    // Descriptions and addresses follow, of which nothing is needed.
    const [, titles] = await askWiki(
      api,
      params,
      Type.Tuple([Type.String(), Titles, Type.Unknown(), Type.Unknown()]),
      tools,
    );
    return [...new Set(titles)].filter((title) => title !== '' && title.length <= LONGEST_CHOICE).slice(0, MOST);
  },
});

const Titles = Type.Array(Type.String());
