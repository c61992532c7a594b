import { Type } from '@sinclair/typebox';
import { defineErrand } from '../errand.ts';
import { askGithub, Nullable, Repository } from '../github/api.ts';
import { short } from '../short-text.ts';

const Release = Type.Object({
  tag_name: Type.String(),
  name: Nullable(Type.String()),
  html_url: Type.String(),
  prerelease: Type.Boolean(),
  published_at: Nullable(Type.String()),
  body: Type.Optional(Nullable(Type.String())),
});

/** A release on GitHub: of a tag, or the latest. */
export default defineErrand({
  input: Type.Object({ ...Repository.properties, tag: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }),
  output: Type.Object({
    tag: Type.String({ maxLength: 200 }),
    name: Type.String({ maxLength: 200 }),
    url: Type.String(),
    prerelease: Type.Boolean(),
    /** Milliseconds of the epoch. */
    published: Nullable(Type.Number()),
    body: Type.String({ maxLength: 1_200 }),
  }),
  async run({ owner, name, tag }, tools) {
    const which = tag === undefined ? 'latest' : `tags/${encodeURIComponent(tag)}`;
    const release = await askGithub(`/repos/${owner}/${name}/releases/${which}`, Release, tools);
    return {
      tag: short(release.tag_name, 200),
      name: short(release.name, 200),
      url: release.html_url,
      prerelease: release.prerelease,
      published: release.published_at === null ? null : Date.parse(release.published_at),
      body: short(release.body, 1_200),
    };
  },
});
