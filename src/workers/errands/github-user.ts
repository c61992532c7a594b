import { Type } from '@sinclair/typebox';
import { defineErrand } from '../errand.ts';
import { askGithub, Nullable, Repository } from '../github/api.ts';
import { short } from '../short-text.ts';
import { webAddress } from '../web-address.ts';

const User = Type.Object({
  login: Type.String(),
  name: Type.Optional(Nullable(Type.String())),
  html_url: Type.String(),
  avatar_url: Type.String(),
  bio: Type.Optional(Nullable(Type.String())),
  public_repos: Type.Integer(),
  followers: Type.Integer(),
  created_at: Type.String(),
});

/** A person or an organisation on GitHub. */
export default defineErrand({
  input: Type.Object({ login: Repository.properties.owner }),
  output: Type.Object({
    login: Type.String({ maxLength: 100 }),
    name: Type.String({ maxLength: 100 }),
    url: Type.String(),
    avatar: Type.Optional(Type.String()),
    bio: Type.String({ maxLength: 300 }),
    repositories: Type.Integer(),
    followers: Type.Integer(),
    /** Milliseconds of the epoch. */
    since: Type.Number(),
  }),
  async run({ login }, tools) {
    const user = await askGithub(`/users/${login}`, User, tools);
    const avatar = webAddress(user.avatar_url);
    return {
      login: short(user.login, 100),
      name: short(user.name, 100),
      url: user.html_url,
      ...(avatar !== undefined && { avatar }),
      bio: short(user.bio),
      repositories: user.public_repos,
      followers: user.followers,
      since: Date.parse(user.created_at),
    };
  },
});
