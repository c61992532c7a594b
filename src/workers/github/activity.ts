import { type Static, Type } from '@sinclair/typebox';
import { short } from '../short-text.ts';
import { Nullable } from './api.ts';

const Numbered = Type.Object({
  number: Type.Optional(Type.Integer()),
  title: Type.Optional(Nullable(Type.String())),
  merged: Type.Optional(Nullable(Type.Boolean())),
});

/** An event as GitHub tells it, so much of it as is used. Most kinds have none of the optional parts. */
export const Event = Type.Object({
  id: Type.String({ maxLength: 40 }),
  type: Type.String(),
  created_at: Type.String(),
  actor: Type.Object({ login: Type.String() }),
  payload: Type.Object({
    action: Type.Optional(Nullable(Type.String())),
    number: Type.Optional(Type.Integer()),
    issue: Type.Optional(Numbered),
    pull_request: Type.Optional(Numbered),
    release: Type.Optional(
      Type.Object({
        tag_name: Type.String(),
        name: Type.Optional(Nullable(Type.String())),
        body: Type.Optional(Nullable(Type.String())),
      }),
    ),
  }),
});

/** A pull request in GitHub's list of them. */
export const Pull = Type.Object({ number: Type.Integer(), title: Type.String() });

export const ActivitySort = Type.Union([Type.Literal('releases'), Type.Literal('issues'), Type.Literal('pulls')]);
export type ActivitySort = Static<typeof ActivitySort>;

export const ActivityAction = Type.Union([
  Type.Literal('published'),
  Type.Literal('opened'),
  Type.Literal('closed'),
  Type.Literal('merged'),
  Type.Literal('reopened'),
]);
export type ActivityAction = Static<typeof ActivityAction>;

/** What has happened, made small. `path` is where it can be seen, below the repository's address. */
export const OutlinedActivity = Type.Object({
  id: Type.String(),
  sort: ActivitySort,
  action: ActivityAction,
  /** 0 for a release. */
  number: Type.Integer(),
  title: Type.String({ maxLength: 200 }),
  text: Type.String({ maxLength: 400 }),
  path: Type.String({ maxLength: 300 }),
  by: Type.String({ maxLength: 100 }),
  /** Milliseconds of the epoch. */
  at: Type.Number(),
});
export type Activity = Static<typeof OutlinedActivity>;

const ACTIONS: ReadonlySet<string> = new Set(['opened', 'closed', 'merged', 'reopened']);

/** What an event means to those who follow a repository; nothing for most. */
export function activityOf({ id, type, created_at, actor, payload }: Static<typeof Event>): Activity[] {
  const at = Date.parse(created_at);
  const shared = { id, by: short(actor.login, 100), at, text: '' };
  const { action, issue, release } = payload;
  if (Number.isNaN(at)) return [];
  if (type === 'ReleaseEvent' && release && action === 'published') {
    const { tag_name: tag, name, body } = release;
    const path = short(`releases/tag/${encodeURIComponent(tag)}`, 300);
    const title = short(name, 200) || short(tag, 200);
    return [{ ...shared, sort: 'releases', action, number: 0, title, text: short(body, 400), path }];
  }
  if (!isAction(action)) return [];
  if (type === 'IssuesEvent' && issue?.number !== undefined) {
    const { number, title } = issue;
    return [{ ...shared, sort: 'issues', action, number, title: short(title, 200), path: `issues/${number}` }];
  }
  const { pull_request: pull } = payload;
  const number = payload.number ?? pull?.number;
  if (type !== 'PullRequestEvent' || !pull || number === undefined) return [];
  const done = action === 'closed' && pull.merged ? 'merged' : action;
  return [{ ...shared, sort: 'pulls', action: done, number, title: short(pull.title, 200), path: `pull/${number}` }];
}

function isAction(action: string | null | undefined): action is Exclude<ActivityAction, 'published'> {
  return typeof action === 'string' && ACTIONS.has(action);
}
