import { Type } from '@sinclair/typebox';
import { defineErrand } from '../errand.ts';
import { askGithub, Discussion, Repository, ShortDiscussion, shortDiscussion } from '../github/api.ts';

const Pull = Type.Object({
  ...Discussion.properties,
  merged: Type.Boolean(),
  draft: Type.Optional(Type.Boolean()),
  additions: Type.Integer(),
  deletions: Type.Integer(),
  changed_files: Type.Integer(),
});
const STATES = ['draft', 'open', 'merged', 'closed'] as const;

/** A pull request on GitHub. */
export default defineErrand({
  input: Type.Object({ ...Repository.properties, number: Type.Integer({ minimum: 1 }) }),
  output: Type.Object({
    ...ShortDiscussion,
    state: Type.Union(STATES.map((state) => Type.Literal(state))),
    additions: Type.Integer(),
    deletions: Type.Integer(),
    files: Type.Integer(),
  }),
  async run({ owner, name, number }, tools) {
    const pull = await askGithub(`/repos/${owner}/${name}/pulls/${number}`, Pull, tools);
    const { additions, deletions, changed_files: files } = pull;
    return { ...shortDiscussion(pull), state: stateOf(pull), additions, deletions, files };
  },
});

function stateOf({
  merged,
  draft,
  state,
}: {
  merged: boolean;
  draft?: boolean;
  state: string;
}): (typeof STATES)[number] {
  if (merged) return 'merged';
  if (state !== 'open') return 'closed';
  return draft ? 'draft' : 'open';
}
