import { Type } from '@sinclair/typebox';
import { defineErrand } from '../errand.ts';
import { askGithub, Nullable, Repository } from '../github/api.ts';
import { short } from '../short-text.ts';

const Repo = Type.Object({
  full_name: Type.String(),
  html_url: Type.String(),
  description: Nullable(Type.String()),
  stargazers_count: Type.Integer(),
  forks_count: Type.Integer(),
  open_issues_count: Type.Integer(),
  language: Nullable(Type.String()),
  license: Nullable(Type.Object({ name: Type.String() })),
  pushed_at: Nullable(Type.String()),
  archived: Type.Boolean(),
});

/** A repository on GitHub. */
export default defineErrand({
  input: Repository,
  output: Type.Object({
    name: Type.String({ maxLength: 150 }),
    url: Type.String(),
    description: Type.String({ maxLength: 300 }),
    stars: Type.Integer(),
    forks: Type.Integer(),
    /** Issues and pull requests: GitHub counts them together. */
    open: Type.Integer(),
    language: Type.String({ maxLength: 60 }),
    license: Type.String({ maxLength: 100 }),
    /** Milliseconds of the epoch; null when nothing was ever pushed. */
    pushed: Nullable(Type.Number()),
    archived: Type.Boolean(),
  }),
  async run({ owner, name }, tools) {
    const repo = await askGithub(`/repos/${owner}/${name}`, Repo, tools);
    return {
      name: short(repo.full_name, 150),
      url: repo.html_url,
      description: short(repo.description),
      stars: repo.stargazers_count,
      forks: repo.forks_count,
      open: repo.open_issues_count,
      language: short(repo.language, 60),
      license: short(repo.license?.name, 100),
      pushed: repo.pushed_at === null ? null : Date.parse(repo.pushed_at),
      archived: repo.archived,
    };
  },
});
