import { Type } from '@sinclair/typebox';
import { defineErrand } from '../errand.ts';
import { askGithub, Nullable } from '../github/api.ts';
import { short } from '../short-text.ts';

const MOST = 5;

const Results = Type.Object({
  total_count: Type.Integer(),
  items: Type.Array(
    Type.Object({
      full_name: Type.String(),
      html_url: Type.String(),
      description: Nullable(Type.String()),
      stargazers_count: Type.Integer(),
    }),
  ),
});

/** The repositories on GitHub that fit best. */
export default defineErrand({
  input: Type.Object({ query: Type.String({ minLength: 1, maxLength: 200 }) }),
  output: Type.Object({
    total: Type.Integer(),
    found: Type.Array(
      Type.Object({
        name: Type.String({ maxLength: 150 }),
        url: Type.String(),
        description: Type.String({ maxLength: 150 }),
        stars: Type.Integer(),
      }),
      { maxItems: MOST },
    ),
  }),
  async run({ query }, tools) {
    const search = new URLSearchParams({ q: query, per_page: String(MOST) });
    const { total_count: total, items } = await askGithub(`/search/repositories?${search}`, Results, tools);
    const found = items.slice(0, MOST).map(({ full_name, html_url, description, stargazers_count }) => ({
      name: short(full_name, 150),
      url: html_url,
      description: short(description, 150),
      stars: stargazers_count,
    }));
    return { total, found };
  },
});
