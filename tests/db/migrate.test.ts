import { expect, test } from 'vitest';
import { freshDatabase } from '../database.ts';

test('a fresh database is migrated', async () => {
  await using database = await freshDatabase();
  expect(await database.db`select name from migrations`).toMatchObject([{ name: '0001-first' }]);
});
