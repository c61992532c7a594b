import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';

export const MOST_WIKI_SITES = 10;

/** A wiki: how people name it, and where its API is. */
const WikiSite = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 32 }),
    api: Type.String({ pattern: '^https://', maxLength: 300 }),
  },
  { additionalProperties: false },
);

/** What `/wiki` can ask. */
export default defineArea({
  schema: Type.Object(
    {
      /** What `/wiki` can ask besides Wikipedia. */
      sites: Type.Array(WikiSite, {
        default: [],
        maxItems: MOST_WIKI_SITES,
        own: 'config wiki',
        expected: 'settings.expected.wikis',
      }),
    },
    { additionalProperties: false },
  ),
});
