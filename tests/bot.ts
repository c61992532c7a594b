import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../sandbox/server/sandbox.ts';
import { type App, startApp } from '../src/app.ts';
import { type Config, parseConfig } from '../src/config.ts';
import type { Db } from '../src/db/connect.ts';
import type { Overrides } from '../src/ground.ts';
import { EVENTS } from '../src/handlers/events.ts';
import { logEvents } from '../src/handlers/log-events.ts';
import { createLog } from '../src/lib/log.ts';
import type { AreaName } from '../src/services/settings/areas.ts';
import type { Patch } from '../src/services/settings/settings.ts';
import { freshDatabase } from './database.ts';
import { lentThreads } from './lent-threads.ts';

/** One line of the bot's log. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly error?: { readonly name: string; readonly message: string; readonly cause?: LogLine['error'] };
  readonly [field: string]: unknown;
}

/** The whole bot on a local Discord, with a database of its own. */
export interface TestBot extends AsyncDisposable {
  readonly app: App;
  readonly discord: Sandbox;
  readonly db: Db;
  readonly log: readonly LogLine[];
  /** Changes settings of the server in its owner's name; throws when they do not fit, so that no test runs without them. */
  set(area: AreaName, patch: Patch): Promise<void>;
  /** Resolves with the first line, already written or still to come, that fits. */
  logged(fits: (line: LogLine) => boolean): Promise<LogLine>;
}

export interface StartBotOptions extends Overrides {
  readonly env?: Readonly<Record<string, string>>;
  /** `server` is the suite's Postgres; `embedded` is PGlite in a folder of its own. */
  readonly database?: 'server' | 'embedded';
  /** An own local Discord, when a test prepares it before the bot comes. */
  readonly discord?: Sandbox;
  /** Whether raids are looked for [false]: in tests many join together. */
  readonly raids?: boolean;
}

export async function startBot({
  env = {},
  database = 'server',
  discord,
  raids = false,
  ...overrides
}: StartBotOptions = {}): Promise<TestBot> {
  await using opened = new AsyncDisposableStack();
  const sandbox = discord ?? opened.use(await startSandbox({ port: 0, rateLimits: 'off' }));
  const dataDir = await mkdtemp(join(tmpdir(), 'rockhopper-data-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const own = database === 'server' ? opened.use(await freshDatabase()) : undefined;
  const logs = collectLog();
  const config = testConfig(sandbox, { DATA_DIR: dataDir, ...(own && { DATABASE_URL: own.url }), ...env });
  const log = createLog({ level: 'debug', format: 'json', secrets: [], destination: logs });
  const app = opened.use(
    await startApp(config, {
      log,
      lingerMs: 0,
      openThreads: lentThreads,
      practise: false,
      ...(raids ? {} : { events: withoutRaids() }),
      ...overrides,
    }),
  );
  const owned = opened.move();
  return {
    app,
    discord: sandbox,
    db: own?.db ?? app.db,
    log: logs.lines,
    set: (area, patch) => setAll(app, sandbox, area, patch),
    logged: logs.logged,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function withoutRaids(): NonNullable<Overrides['events']> {
  const { 'look-for-raids': _, ...events } = { ...EVENTS, ...logEvents() };
  return events;
}

async function setAll(app: App, { guildId, people }: Sandbox, area: AreaName, patch: Patch): Promise<void> {
  const outcome = await app.settings.set(guildId, area, patch, { by: people.owner });
  if (!outcome.ok) throw new Error(`these settings do not fit: ${JSON.stringify(outcome.problems)}`);
}

function testConfig(discord: Sandbox, env: Readonly<Record<string, string>> = {}): Config {
  const { host } = new URL(discord.url);
  return parseConfig({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    ATTACHMENT_HOSTS: host,
    HTTP_ADDRESS: '127.0.0.1:0',
    TLDR_URL: 'off',
    SHUTDOWN_GRACE_MS: '5000',
    WORKER_THREADS: '2',
    // Each one costs the suite's Postgres a process, which costs more than all that a test asks of it.
    DATABASE_CONNECTIONS: '3',
    ...env,
  });
}

function collectLog() {
  const lines: LogLine[] = [];
  const waiting = new Set<(line: LogLine) => void>();
  return {
    lines,
    write(text: string) {
      const line: LogLine = JSON.parse(text);
      lines.push(line);
      for (const tell of waiting) tell(line);
    },
    logged: (fits: (line: LogLine) => boolean) =>
      new Promise<LogLine>((resolve) => {
        const found = lines.find(fits);
        if (found) return resolve(found);
        const tell = (line: LogLine) => {
          if (!fits(line)) return;
          waiting.delete(tell);
          resolve(line);
        };
        waiting.add(tell);
      }),
  };
}
