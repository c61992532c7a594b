import { noteChannels } from '../../src/db/archive.ts';
import { makeMonths, monthAfter, monthOf } from '../../src/db/archive-months.ts';
import type { Db } from '../../src/db/pool.ts';
import { prepareTrigrams } from '../../src/db/trigrams.ts';

const WORDS = 50_000;
const AUTHORS = 20_000;
const YEAR_MS = 365 * 86_400_000;
const MONTHS = 13;
/** Of another server, so that what is found has to be told apart. */
const OTHER = '100000000000000002';

/** Syllables; what is like a word then is found in many others, which is harder than any language. */
const SYLLABLES = 'ba ke di lo mu na pe ri so tu va we xi yo zu gra ple sti cho thu'.split(' ');

/** The word of so many-th rank in `bench_words`. */
export async function wordsOfRanks(db: Db, ranks: readonly number[]): Promise<readonly string[]> {
  const rows = await db<{ word: string }[]>`
    select word from unnest(${[...ranks]}::int[]) with ordinality asked (n, place) join bench_words using (n) order by place`;
  return rows.map(({ word }) => word);
}

/**
 * Messages of a year, three to thirteen words each, the n-th word written n times as seldom as the first; a tenth of them in another
 * server, a twentieth with a file. What autovacuum does when it comes round is done at the end.
 */
export async function fillArchive(
  db: Db,
  {
    guild,
    channels,
    count,
    now,
  }: { readonly guild: string; readonly channels: readonly string[]; readonly count: number; readonly now: number },
): Promise<void> {
  await makeMonths(
    db,
    Array.from({ length: MONTHS }, (_, back) => monthAfter(monthOf(now), -back)),
  );
  await noteChannels(
    db,
    channels.map((channel) => ({ guild, channel, days: 3_650 })),
  );
  await db`
    create unlogged table bench_words as select n, (
      select string_agg((${SYLLABLES}::text[])[1 + (hashtext(n || 'x' || i)::bigint & 1023) % ${SYLLABLES.length}::int], '')
      from generate_series(1, 2 + n % 3) i
    ) as word from generate_series(1, ${WORDS}::int) n`;
  await db`create index on bench_words (n)`;
  await db`analyze bench_words`;
  await db`
    insert into archived_messages (guild_id, channel_id, message_id, sent_at, author_id, author_name, body, files)
    select case when n % 10 = 0 then ${OTHER}::bigint else ${guild}::bigint end, (${[...channels]}::bigint[])[1 + n % ${channels.length}::int],
      ((ms - 1420070400000) << 22) + n % 4096, to_timestamp(ms / 1000.0), 5000 + floor(exp(random() * ln(${AUTHORS}::int)))::int, 'chinstrap', body,
      case when n % 20 = 0 then '[{"id":"1","name":"a.png","size":3}]'::jsonb end
    from (select n, ${now}::bigint - (${count}::int - n)::bigint * ${Math.floor(YEAR_MS / count)}::int as ms from generate_series(1, ${count}::int) n) sent,
      lateral (
        select string_agg(word, ' ') as body
        from (select floor(exp(random() * ln(${WORDS}::int)))::int as n from generate_series(1, 3 + sent.n % 11)) drawn join bench_words using (n)
      ) written
    where body is not null`;
  await prepareTrigrams(db);
  await db`vacuum analyze archived_messages`;
}
