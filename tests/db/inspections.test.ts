import { expect, test } from 'vitest';
import { inspectionsBeyond } from '../../src/db/inspections.ts';
import { freshDatabase } from '../database.ts';

const DAY = new Date('2026-01-01T00:00:00Z').getTime();
const at = (minute: number) => new Date(DAY + minute * 60_000);

test('inspections are bounded in number and in the bytes they take, and the latest are kept', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await db`alter table inspections alter column report set storage external`; // as large as it is long
  await db`
    insert into inspections (sha256, variant, version, report, expires_at)
    select n::text, 'v', 1, to_jsonb((select string_agg(md5((n * 1000 + k)::text), '') from generate_series(1, n * 100) k)),
      ${at(0)}::timestamptz + n * interval '1 minute'
    from generate_series(1, 10) n`;
  const roomy = 1_000_000_000;
  expect(await inspectionsBeyond(db, { rows: 10, bytes: roomy })).toBeUndefined();
  expect(await inspectionsBeyond(db, { rows: 3, bytes: roomy })).toEqual(at(7));
  // The last three take 32,000, 28,800 and 25,600 bytes, or somewhat less.
  expect(await inspectionsBeyond(db, { rows: 10, bytes: 75_000 })).toEqual(at(8));
  expect(await inspectionsBeyond(db, { rows: 10, bytes: 40_000 })).toEqual(at(9));
  await db`delete from inspections where expires_at <= ${at(9)}`;
  expect(await inspectionsBeyond(db, { rows: 10, bytes: 40_000 })).toBeUndefined();
});
