import { snowflakeTime } from '../../lib/snowflake.ts';
import { alikeAmong, lettersOf, saysSomething } from './alike.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An account is young for so long. */
const YOUNG_MS = 7 * DAY_MS;
/** Of joins that are not alike so many times as many are a cluster all the same. */
const UNLIKE_TIMES = 3;

export interface Join {
  readonly id: string;
  readonly name: string;
  readonly shown: string;
  /** The hash of their picture; empty for none. */
  readonly avatar: string;
  /** When they joined. Milliseconds. */
  readonly at: number;
}

/** What makes many joins a cluster: so many within so long. */
export interface Rate {
  readonly least: number;
  readonly withinMs: number;
}

export interface Cluster {
  /** Places in the list of joins, in the order in which they came. */
  readonly members: number[];
  /** How many of them share a name, a picture or the time when the account was made with others of it. */
  readonly names: number;
  readonly avatars: number;
  readonly ages: number;
}

/** The clusters among what joined a server lately. */
export function clustersOf(joins: readonly Join[], rate: Rate): Cluster[] {
  const order = joins.map((_, at) => at).sort((a, b) => atOf(joins, a) - atOf(joins, b));
  return burstsOf(order, joins, rate).flatMap((burst) => clustersIn(burst, joins, rate));
}

/** Rows of joins of which each stands in a window with enough others. */
function burstsOf(order: readonly number[], joins: readonly Join[], { least, withinMs }: Rate): number[][] {
  const bursts: number[][] = [];
  let from = 0;
  let marked = 0; // all before this place in the order are in a burst already, or in none
  for (const [to, place] of order.entries()) {
    while (atOf(joins, place) - atOf(joins, order[from] ?? place) > withinMs) from++;
    if (to - from + 1 < least) continue;
    const last = bursts.at(-1);
    const goesOn = last !== undefined && from < marked;
    const more = order.slice(Math.max(from, marked), to + 1);
    if (goesOn) last.push(...more);
    else bursts.push(more);
    marked = to + 1;
  }
  return bursts;
}

function clustersIn(burst: readonly number[], joins: readonly Join[], rate: Rate): Cluster[] {
  const sets = new Sets(burst);
  const alike = {
    names: likeNames(burst, joins),
    avatars: samePictures(burst, joins),
    ages: bornTogether(burst, joins, rate),
  };
  for (const pairs of Object.values(alike)) for (const [a, b] of pairs) sets.join(a, b);
  const clusters = sets.all().filter(({ length }) => length >= rate.least);
  if (clusters.length === 0 && burst.length >= UNLIKE_TIMES * rate.least) clusters.push([...burst]);
  const marks = {
    names: new Set(alike.names.flat()),
    avatars: new Set(alike.avatars.flat()),
    ages: new Set(alike.ages.flat()),
  };
  const among = (members: readonly number[], marked: ReadonlySet<number>) =>
    members.filter((one) => marked.has(one)).length;
  return clusters.map((members) => ({
    members,
    names: among(members, marks.names),
    avatars: among(members, marks.avatars),
    ages: among(members, marks.ages),
  }));
}

type Pair = readonly [number, number];

function likeNames(burst: readonly number[], joins: readonly Join[]): Pair[] {
  const byName = new Map<string, number[]>();
  for (const place of burst) {
    const { name = '', shown = '' } = joins[place] ?? {};
    for (const letters of new Set([lettersOf(name), lettersOf(shown)])) {
      if (saysSomething(letters)) byName.set(letters, [...(byName.get(letters) ?? []), place]);
    }
  }
  const pairs = [...byName.values()].flatMap(chained);
  for (const [a, b] of alikeAmong([...byName.keys()])) {
    const [one, other] = [byName.get(a)?.[0], byName.get(b)?.[0]];
    if (one !== undefined && other !== undefined && one !== other) pairs.push([one, other]);
  }
  return pairs;
}

function samePictures(burst: readonly number[], joins: readonly Join[]): Pair[] {
  const byPicture = new Map<string, number[]>();
  for (const place of burst) {
    const picture = joins[place]?.avatar ?? '';
    if (picture !== '') byPicture.set(picture, [...(byPicture.get(picture) ?? []), place]);
  }
  return [...byPicture.values()].flatMap(chained);
}

/** Young accounts made within a day of each other, and of older ones many made within an hour. */
function bornTogether(burst: readonly number[], joins: readonly Join[], { least }: Rate): Pair[] {
  const born = burst
    .map((place) => ({ place, at: snowflakeTime(joins[place]?.id ?? ''), joined: atOf(joins, place) }))
    .sort((a, b) => a.at - b.at);
  return born.flatMap((one, index): Pair[] => {
    const next = born[index + 1];
    const young = next !== undefined && one.joined - one.at < YOUNG_MS && next.joined - next.at < YOUNG_MS;
    if (young && next.at - one.at <= DAY_MS) return [[one.place, next.place]];
    const last = born[index + least - 1];
    if (last === undefined || last.at - one.at > HOUR_MS) return [];
    return chained(born.slice(index, index + least).map(({ place }) => place));
  });
}

function chained(places: readonly number[]): Pair[] {
  return places.slice(1).map((place, at): Pair => [places[at] ?? place, place]);
}

function atOf(joins: readonly Join[], place: number): number {
  return joins[place]?.at ?? 0;
}

/** Sets that grow together. */
class Sets {
  readonly #heads: Map<number, number>;

  constructor(members: readonly number[]) {
    this.#heads = new Map(members.map((one) => [one, one]));
  }

  join(a: number, b: number): void {
    const [one, other] = [this.#headOf(a), this.#headOf(b)];
    this.#heads.set(Math.max(one, other), Math.min(one, other));
  }

  /** Each with its members in the order in which they were given. */
  all(): number[][] {
    const sets = new Map<number, number[]>();
    for (const one of this.#heads.keys()) {
      const head = this.#headOf(one);
      const members = sets.get(head);
      if (members) members.push(one);
      else sets.set(head, [one]);
    }
    return [...sets.values()];
  }

  #headOf(one: number): number {
    let at = one;
    for (let head = this.#heads.get(at) ?? at; head !== at; head = this.#heads.get(at) ?? at) {
      this.#heads.set(at, this.#heads.get(head) ?? head);
      at = head;
    }
    return at;
  }
}
