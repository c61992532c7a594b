import { expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { prepareTrigrams } from '../../src/db/trigrams.ts';
import { freshDatabase, silent } from '../database.ts';

test('whoever may not switch on the extension is told so, and has it as soon as they may', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const role = `limited_${crypto.randomUUID().replaceAll('-', '')}`;
  await db`drop extension pg_trgm cascade`;
  await db.unsafe(`create role ${role} login password 'x'`);
  try {
    const url = new URL(database.url);
    [url.username, url.password] = [role, 'x'];
    await using limited = await connect({ url: url.href, dataDir: '', log: silent });
    expect(await prepareTrigrams(limited.db)).toBe(false);
    expect(await prepareTrigrams(db)).toBe(true);
    expect(await prepareTrigrams(limited.db)).toBe(true);
  } finally {
    await db.unsafe(`drop role ${role}`);
  }
});
