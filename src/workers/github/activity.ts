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

/** What can happen: to what, and what. */
export const ActivityKind = Type.Union([
  Type.Literal('releases.published'),
  Type.Literal('issues.opened'),
  Type.Literal('issues.closed'),
  Type.Literal('issues.reopened'),
  Type.Literal('pulls.opened'),
  Type.Literal('pulls.closed'),
  Type.Literal('pulls.merged'),
  Type.Literal('pulls.reopened'),
]);
export type ActivityKind = Static<typeof ActivityKind>;

/** What has happened, made small. `path` is where it can be seen, below the repository's address. */
export const OutlinedActivity = Type.Object({
  id: Type.String(),
  kind: ActivityKind,
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

const ISSUES: Readonly<Record<string, ActivityKind>> = {
  opened: 'issues.opened',
  closed: 'issues.closed',
  reopened: 'issues.reopened',
};
const PULLS: Readonly<Record<string, ActivityKind>> = {
  opened: 'pulls.opened',
  closed: 'pulls.closed',
  merged: 'pulls.merged',
  reopened: 'pulls.reopened',
};

/** What an event means to those who follow a repository; nothing for most. */
export function activityOf(event: Static<typeof Event>): Activity[] {
  const at = Date.parse(event.created_at);
  const outlined = Number.isNaN(at) ? undefined : outlineOf(event);
  return outlined ? [{ id: event.id, by: short(event.actor.login, 100), at, ...outlined }] : [];
}

function outlineOf({ type, payload }: Static<typeof Event>): Omit<Activity, 'id' | 'by' | 'at'> | undefined {
  const action = payload.action ?? '';
  const { issue, release, pull_request: pull } = payload;
  if (type === 'ReleaseEvent' && release && action === 'published') {
    const { tag_name: tag, name, body } = release;
    return {
      kind: 'releases.published',
      number: 0,
      title: short(name, 200) || short(tag, 200),
      text: short(body, 400),
      path: short(`releases/tag/${encodeURIComponent(tag)}`, 300),
    };
  }
  if (type === 'IssuesEvent' && issue?.number !== undefined) {
    return numbered(ISSUES[action], issue.number, { title: issue.title, path: 'issues' });
  }
  const number = payload.number ?? pull?.number;
  if (type !== 'PullRequestEvent' || !pull || number === undefined) return undefined;
  const done = action === 'closed' && pull.merged ? 'merged' : action; // GitHub has told it both ways
  return numbered(PULLS[done], number, { title: pull.title, path: 'pull' });
}

function numbered(
  kind: ActivityKind | undefined,
  number: number,
  { title, path }: { readonly title: string | null | undefined; readonly path: string },
) {
  return kind && { kind, number, title: short(title, 200), text: '', path: `${path}/${number}` };
}
