import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { delay } from '../lib/deadline.ts';
import { ConfigError } from '../lib/errors.ts';

/** Who has the folder. A process id comes back after a restart, so its start (clock ticks since boot) goes with it. */
const Owner = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  started: Type.String(),
  host: Type.String(),
  since: Type.String(),
});
type Owner = Static<typeof Owner>;

/** The owner shows every so often that it lives, for those who cannot see its process: another machine or container. */
const SIGN_OF_LIFE_MS = 5_000;
const DEAD_AFTER_MS = 30_000;
/** Taking over takes milliseconds; whoever left this file behind died meanwhile. */
const TAKEOVER_DEAD_AFTER_MS = 10_000;

/** The right to use a data folder, held by one process at a time. */
export interface DataLock extends AsyncDisposable {
  readonly file: string;
}

/**
 * Makes the data folder when it is missing, and takes it for this process. ConfigError when another process has it,
 * saying which; the lock of a process that has died is taken over.
 */
export async function lockData(folder: string): Promise<DataLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'rockhopper.lock');
  const me: Owner = {
    pid: process.pid,
    started: (await startOf(process.pid)) ?? '',
    host: hostname(),
    since: new Date().toISOString(),
  };
  const draft = `${file}.${crypto.randomUUID()}`;
  await writeFile(draft, JSON.stringify(me), { mode: 0o600 });
  try {
    // A link appears with its text, or not at all: nobody reads a lock that is half written.
    while (!(await madeLink(draft, file))) await removeIfDead(file, folder);
  } finally {
    await rm(draft, { force: true });
  }
  return hold(file);
}

function hold(file: string): DataLock {
  const touch = () => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  };
  const timer = setInterval(touch, SIGN_OF_LIFE_MS);
  timer.unref();
  return {
    file,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await rm(file, { force: true });
    },
  };
}

async function madeLink(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Only one of several takers may remove the lock, or the second would remove the first one's new lock. */
async function removeIfDead(file: string, folder: string): Promise<void> {
  const owner = await ownerOf(file);
  if (owner && (await lives(owner, file))) throw new ConfigError(refusal(owner, folder));
  const takeover = `${file}.takeover`;
  try {
    await writeFile(takeover, '', { flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    if ((await ageOf(takeover)) > TAKEOVER_DEAD_AFTER_MS) await rm(takeover, { force: true });
    await delay(20);
    return;
  }
  try {
    const still = await ownerOf(file);
    if (!still || !(await lives(still, file))) await rm(file, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

async function ownerOf(file: string): Promise<Owner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Value.Check(Owner, owner) ? owner : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function lives(owner: Owner, file: string): Promise<boolean> {
  if (owner.host !== hostname()) return (await ageOf(file)) < DEAD_AFTER_MS;
  if (!isRunning(owner.pid)) return false;
  const started = await startOf(owner.pid);
  return started === undefined || owner.started === '' || started === owner.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** When a process started, as Linux tells it; undefined elsewhere. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  // The second field is a name in brackets that may hold spaces; the start is the 20th after it.
  const ticks = text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  return ticks && `${ticks}@${boot.trim()}`;
}

async function ageOf(file: string): Promise<number> {
  return Date.now() - (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
}

function refusal({ pid, host, since }: Owner, folder: string): string {
  const where = host === hostname() ? '' : ` on ${host}`;
  return `The data folder ${resolve(folder)} is in use by process ${pid}${where} since ${since}. Stop that process, or choose another DATA_DIR.`;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
