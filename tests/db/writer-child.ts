/**
 * A bot's process as far as the database goes: opens the embedded database, writes row after row and says on standard
 * output which ones are acknowledged, until it is killed or told to close.
 */
import { pino } from 'pino';
import { connect } from '../../src/db/connect.ts';
import { ConfigError } from '../../src/lib/errors.ts';

const [dataDir = ''] = process.argv.slice(2);
const say = (line: string) => new Promise<void>((resolve) => process.stdout.write(`${line}\n`, () => resolve()));

try {
  const began = performance.now();
  await using database = await connect({ dataDir, log: pino({ level: 'silent' }), graceMs: 1_000 });
  const { db } = database;
  await db`create table if not exists written (n int primary key)`;
  await say(`open ${Math.round(performance.now() - began)}`);
  let closing = false;
  process.stdin.once('data', () => {
    closing = true;
  });
  const [last] = await db<{ n: number }[]>`select coalesce(max(n), 0) as n from written`;
  for (let n = (last?.n ?? 0) + 1; !closing; n += 1) {
    await db`insert into written values (${n})`;
    await say(String(n));
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  await say(`refused ${error.message}`);
}
process.exit(0);
