import { type Static, Type } from '@sinclair/typebox';
import { BotError } from '../../lib/errors.ts';
import { defineErrand, type ErrandTools } from '../errand.ts';
import { type Activity, activityOf, Event, OutlinedActivity, Pull } from '../github/activity.ts';
import { askGithub, budgetOf, githubRequest, Nullable, Repository, RequestBudget } from '../github/api.ts';
import { short } from '../short-text.ts';

/** GitHub tells 300 events at most, of thirty days. */
const PAGES = 3;
const ON_A_PAGE = 100;
const MOST_BYTES = 10_000_000;
const SECOND = 1_000;

/** What has happened in a repository lately that people may follow, newest first; nothing when that is still the same. */
export default defineErrand({
  input: Type.Object({
    ...Repository.properties,
    etag: Nullable(Type.String({ maxLength: 500 })),
    /** How far back is asked for; milliseconds of the epoch. */
    since: Type.Number(),
  }),
  output: Type.Object({
    activity: Nullable(Type.Array(OutlinedActivity, { maxItems: PAGES * ON_A_PAGE })),
    etag: Nullable(Type.String({ maxLength: 500 })),
    /** GitHub asks not to be asked again sooner; milliseconds. */
    waitMs: Type.Number(),
    budget: Nullable(RequestBudget),
  }),
  async run({ owner, name, etag, since }, tools) {
    const first = await page(1, etag);
    const { headers } = first;
    const shared = {
      etag: short(headers.get('etag'), 500) || null,
      waitMs: Number(headers.get('x-poll-interval') ?? 0) * SECOND || 0,
      budget: budgetOf(headers),
    };
    if (!first.value) return { ...shared, etag, activity: null };
    const events = [...first.value];
    for (let at = 2; at <= PAGES && events.length === (at - 1) * ON_A_PAGE && !reaches(events, since); at += 1) {
      events.push(...((await page(at, null)).value ?? []));
    }
    const activity = events.filter(({ created_at }) => Date.parse(created_at) >= since).flatMap(activityOf);
    return { ...shared, activity: await titled(activity, { owner, name }, tools) };

    function page(number: number, known: string | null) {
      const { url, headers: own } = githubRequest(
        `/repos/${owner}/${name}/events?per_page=${ON_A_PAGE}&page=${number}`,
        tools.config,
      );
      const request = { headers: own, signal: tools.signal, maxBytes: MOST_BYTES };
      return tools.http.jsonUnless({ etag: known, modified: null }, url, Type.Array(Event), request);
    }
  },
});

function reaches(events: readonly Static<typeof Event>[], since: number): boolean {
  return events.some(({ created_at }) => Date.parse(created_at) < since);
}

/** GitHub's events do not tell what pull requests are called: one more request does, and it is done without when that fails. */
async function titled(
  activity: readonly Activity[],
  { owner, name }: Static<typeof Repository>,
  tools: ErrandTools,
): Promise<Activity[]> {
  if (activity.every(({ title }) => title !== '')) return [...activity];
  const path = `/repos/${owner}/${name}/pulls?state=all&sort=updated&direction=desc&per_page=50`;
  const pulls = await askGithub(path, Type.Array(Pull), tools).catch((error: unknown) => {
    if (tools.signal.aborted || !(error instanceof BotError)) throw error;
    return [];
  });
  const titles = new Map(pulls.map(({ number, title }) => [number, short(title, 200)]));
  return activity.map((one) => ({ ...one, title: one.title || (titles.get(one.number) ?? '') }));
}
