import { type Static, Type } from '@sinclair/typebox';
import { type FeedItem, ShownItem } from '../../workers/feed/item.ts';
import { ActivityKind } from '../../workers/github/activity.ts';
import type { ErrandOutput } from '../../workers/io.ts';

/** Something new as it is posted; what happened in a repository says what, and to which number. */
export const FollowedItem = Type.Object({
  ...ShownItem.properties,
  activity: Type.Optional(Type.Object({ kind: ActivityKind, number: Type.Integer({ minimum: 0 }) })),
});
export type FollowedItem = Static<typeof FollowedItem>;

/** The same with what it is known again by. */
export interface FoundItem {
  readonly item: FollowedItem;
  readonly keys: readonly string[];
  readonly telling: readonly string[];
}

export function ofFeed({ keys, telling, ...item }: FeedItem): FoundItem {
  return { item, keys, telling };
}

type Activity = NonNullable<ErrandOutput<'githubActivity'>['activity']>[number];

/** `home` is the repository's address. */
export function ofGithub({ id, path, kind, number, ...shown }: Activity, home: string): FoundItem {
  const url = `${home}/${path}`;
  return { item: { ...shown, url, activity: { kind, number } }, keys: [`e${id}`], telling: [`e${id}`] };
}

/** To what it happened: `releases`, `issues`, `pulls`; nothing for what is no activity. */
export function sortOf({ activity }: FollowedItem): string | undefined {
  return activity?.kind.split('.')[0];
}
