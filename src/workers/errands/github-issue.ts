import { Type } from '@sinclair/typebox';
import { defineErrand } from '../errand.ts';
import { askGithub, Discussion, Repository, ShortDiscussion, shortDiscussion } from '../github/api.ts';

const Issue = Type.Object({ ...Discussion.properties, pull_request: Type.Optional(Type.Object({})) });

/** An issue on GitHub. Pull requests are issues to GitHub, too: `isPull` tells. */
export default defineErrand({
  input: Type.Object({ ...Repository.properties, number: Type.Integer({ minimum: 1 }) }),
  output: Type.Object({
    ...ShortDiscussion,
    state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
    isPull: Type.Boolean(),
  }),
  async run({ owner, name, number }, tools) {
    const issue = await askGithub(`/repos/${owner}/${name}/issues/${number}`, Issue, tools);
    const state = issue.state === 'open' ? ('open' as const) : ('closed' as const);
    return { ...shortDiscussion(issue), state, isPull: issue.pull_request !== undefined };
  },
});
