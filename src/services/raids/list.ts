import type { Context } from '../../context.ts';
import { type Raid, raidersOf } from '../../db/raids.ts';
import { createdAt } from '../../lib/snowflake.ts';
import type { Attached } from '../answers/answer.ts';

/** All of a raid that is looked at. */
export const MOST_RAIDERS = 5_000;

/** Everybody of a raid as a table: who, their names, when the account was made, when they joined, and their picture. */
export async function raidList({ id }: Raid, { db }: Pick<Context, 'db'>): Promise<Attached> {
  const raiders = await raidersOf(db, id, MOST_RAIDERS);
  const rows = raiders.map((one) =>
    [
      one.id,
      flat(one.name),
      flat(one.shown),
      createdAt(one.id).toISOString(),
      one.joinedAt.toISOString(),
      one.avatar,
    ].join('\t'),
  );
  const head = ['id', 'name', 'shown', 'made', 'joined', 'picture'].join('\t');
  return { name: 'raid.tsv', bytes: new TextEncoder().encode(`${[head, ...rows].join('\n')}\n`) };
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
