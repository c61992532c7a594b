import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { ErrandTools } from '../errand.ts';
import { short } from '../short-text.ts';

/** Owner and name of a repository: what GitHub allows, and nothing that leads elsewhere in a path. */
export const Repository = Type.Object({
  owner: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,38}$' }),
  name: Type.String({ pattern: '^(?!\\.{1,2}$)[\\w.-]{1,100}$' }),
});

/** Asks GitHub's API for `path`; with the operator's token where there is one. */
export function askGithub<T extends TSchema>(path: string, schema: T, tools: ErrandTools): Promise<Static<T>> {
  const { http, signal, config } = tools;
  const { url, headers } = githubRequest(path, config);
  return http.json(url, schema, { signal, headers });
}

/** Where that is asked, and with which headers. */
export function githubRequest(path: string, { GITHUB_URL, GITHUB_TOKEN }: ErrandTools['config']) {
  return {
    url: `${GITHUB_URL.replace(/\/$/, '')}${path}`,
    headers: {
      'x-github-api-version': '2022-11-28',
      ...(GITHUB_TOKEN !== undefined && { authorization: `Bearer ${GITHUB_TOKEN}` }),
    },
  };
}

/** How many requests GitHub still takes of us, and until when that holds; milliseconds of the epoch. */
export const RequestBudget = Type.Object({ remaining: Type.Integer({ minimum: 0 }), until: Type.Number() });
export type RequestBudget = Static<typeof RequestBudget>;

/** Null where GitHub does not say, as a mirror may not. */
export function budgetOf(headers: Headers): RequestBudget | null {
  const remaining = Number(headers.get('x-ratelimit-remaining') ?? Number.NaN);
  const until = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1_000;
  return Number.isInteger(remaining) && remaining >= 0 && Number.isFinite(until) ? { remaining, until } : null;
}

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** An issue and a pull request have this in common. */
export const Discussion = Type.Object({
  number: Type.Integer(),
  title: Type.String(),
  state: Type.String(),
  html_url: Type.String(),
  user: Nullable(Type.Object({ login: Type.String() })),
  created_at: Type.String(),
  comments: Type.Integer(),
  labels: Type.Array(Type.Object({ name: Type.String() })),
  body: Type.Optional(Nullable(Type.String())),
});

export const ShortDiscussion = {
  number: Type.Integer(),
  title: Type.String({ maxLength: 300 }),
  url: Type.String(),
  author: Type.String({ maxLength: 100 }),
  /** Milliseconds of the epoch. */
  opened: Type.Number(),
  comments: Type.Integer(),
  labels: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 10 }),
  body: Type.String({ maxLength: 600 }),
};

export function shortDiscussion({
  number,
  title,
  html_url,
  user,
  created_at,
  comments,
  labels,
  body,
}: Static<typeof Discussion>) {
  return {
    number,
    title: short(title),
    url: html_url,
    author: short(user?.login, 100),
    opened: Date.parse(created_at),
    comments,
    labels: labels.slice(0, 10).map(({ name }) => short(name, 60)),
    body: short(body, 600),
  };
}
