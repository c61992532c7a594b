import { expect } from 'vitest';
import type { Sandbox } from '../../../sandbox/server/sandbox.ts';
import type { TestDatabase } from '../../database.ts';

const PATIENCE = { timeout: 300_000, interval: 20 };
const LOCK = 4_242;
/** Whoever does these again is told that there is nobody, or does it twice. */
const REMOVALS = ['GUILD_BAN_ADD', 'GUILD_BAN_REMOVE', 'GUILD_MEMBER_REMOVE'];
const CHANGES = ['GUILD_MEMBER_UPDATE', 'MESSAGE_CREATE', 'CHANNEL_UPDATE', 'VOICE_STATE_UPDATE'];

/** Waits for a moment and ends a process in it; false from `kill` when there was none to be ended, then it waits for the next. */
export type KillPoint = (kill: () => boolean) => Promise<void>;

/** The moments in the life of an action in which a process can die, by what has been done until then. */
export async function killPoints(
  database: TestDatabase,
  discord: Sandbox,
): Promise<Readonly<Record<string, KillPoint>>> {
  await setTraps(database);
  return {
    'taken up, and nothing asked of Discord yet': async (kill) => {
      const hit = Promise.withResolvers<void>();
      using _listening = await database.listen('taken_up', {
        heard: () => {
          if (kill()) hit.resolve();
        },
        missed: () => undefined,
      });
      await hit.promise;
    },
    'the letter begun, and not sent yet': async (kill) => {
      await discord.waitFor((entry) => entry.kind === 'request' && entry.path === '/users/@me/channels' && kill(), {
        since: discord.mark(),
        deadlineMs: PATIENCE.timeout,
      });
    },
    'somebody removed by Discord, and not answered yet': (kill) => whileDone(discord, REMOVALS, kill),
    'something changed by Discord, and not answered yet': (kill) => whileDone(discord, CHANGES, kill),
    'between two statements to the database': async (kill) => {
      await database.begin(async (tx) => {
        await tx`select pg_advisory_xact_lock(${LOCK})`;
        const waiting = async () =>
          (await tx`select 1 from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted`).length;
        await expect.poll(async () => (await waiting()) > 0 && kill(), PATIENCE).toBe(true);
        killAll(kill);
      });
    },
  };
}

/** Called while Discord does it: its answer has not been written yet, so whoever asked for it dies without it. */
async function whileDone(discord: Sandbox, events: readonly string[], kill: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { listeners } = discord.state;
  const listener = ({ t }: { readonly t: string }) => {
    if (!events.includes(t) || !kill()) return;
    killAll(kill);
    listeners.delete(listener);
    resolve();
  };
  listeners.add(listener);
  await promise;
}

/** Nobody knows from outside which of them it was. */
function killAll(kill: () => boolean): void {
  while (kill());
}

/** The database says when an action is taken up, and has changes of cases wait for whoever holds the lock. */
async function setTraps({ db }: TestDatabase): Promise<void> {
  await db`
    create function taken_up() returns trigger language plpgsql as $$
    begin perform pg_notify('taken_up', ''); return null; end $$`;
  await db`
    create trigger taken_up after update of claimed_by on timers for each row
    when (new.kind = 'moderation' and new.claimed_by is not null) execute function taken_up()`;
  await db`
    create function held_up() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(4242); return new; end $$`;
  await db`create trigger held_up before update on cases for each row execute function held_up()`;
}
