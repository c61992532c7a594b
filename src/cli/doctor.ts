import { PermissionsBitField, REST } from 'discord.js';
import { type APIUser, type RESTAPIPartialCurrentUserGuild, Routes } from 'discord-api-types/v10';
import { type Config, phishingLists, secretsOf } from '../config.ts';
import { connect, type Database } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { prepareTrigrams } from '../db/trigrams.ts';
import { withDeadline } from '../lib/deadline.ts';
import { ConfigError, DatabaseAwayError } from '../lib/errors.ts';
import { createI18n } from '../lib/i18n.ts';
import { createLog, type Logger } from '../lib/log.ts';
import { fetchApplication } from '../services/gateway/application.ts';
import { restOptions } from '../services/gateway/client.ts';
import { intentsFor } from '../services/gateway/intents.ts';
import { inviteLink, NEEDED_PERMISSIONS } from '../services/gateway/invite.ts';
import { startWorkers } from '../workers/offload.ts';

const PART_LIMIT_MS = 60_000;
const DATABASE_WAIT_MS = 5_000;

/** One thing looked at: fine, or what is wrong and how to mend it. */
interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly said: string;
}

/** Looks at everything the bot needs, says what is wrong and how to mend it. True when all is well. */
export async function doctor(config: Config): Promise<boolean> {
  const log = createLog({ level: 'silent', format: 'json', secrets: secretsOf(config) });
  const checks = { Discord: checkDiscord, Database: checkDatabase, Workers: checkWorkers, Lists: checkLists };
  const found = await Promise.all(
    Object.entries(checks).map(([what, check]) =>
      withDeadline(what, () => check(config, log), { deadlineMs: PART_LIMIT_MS }).catch((error: unknown): Finding[] => [
        { what, ok: false, said: inWords(error) },
      ]),
    ),
  );
  const findings = found.flat();
  for (const { what, ok, said } of findings) process.stdout.write(`${ok ? 'ok  ' : 'BAD '} ${what}: ${said}\n`);
  const bad = findings.filter(({ ok }) => !ok).length;
  process.stdout.write(bad === 0 ? '\nAll is well.\n' : `\n${bad} to mend, see above.\n`);
  return bad === 0;
}

async function checkDiscord(config: Config, log: Logger): Promise<readonly Finding[]> {
  const i18n = createI18n();
  const token = config.DISCORD_TOKEN;
  if (token === undefined) {
    const said = 'no token: set DISCORD_TOKEN to run with Discord (the sandbox needs none)';
    return [{ what: 'Token', ok: true, said }];
  }
  const rest = new REST(restOptions(config)).setToken(token);
  const application = await fetchApplication(rest, log, AbortSignal.timeout(15_000));
  const me = (await rest.get(Routes.user())) as APIUser; // Discord's own answer
  const { missing } = intentsFor(application.flags ?? 0);
  const guilds = (await rest.get(Routes.userGuilds())) as readonly RESTAPIPartialCurrentUserGuild[];
  return [
    { what: 'Token', ok: true, said: `taken; the bot is ${me.username}` },
    ...missing.map(({ name, without }) => ({
      what: `Intent ${name}`,
      ok: false,
      said: `not enabled, so off is ${i18n.t(without)}. Enable it on the Bot page of the developer portal.`,
    })),
    ...guilds.map((guild) => checkGuild(guild, application.id)),
    ...(guilds.length === 0
      ? [{ what: 'Servers', ok: false, said: `none yet. Add the bot: ${inviteLink(application.id)}` }]
      : []),
  ];
}

function checkGuild({ name, permissions }: RESTAPIPartialCurrentUserGuild, applicationId: string): Finding {
  const lacking = new PermissionsBitField(BigInt(permissions)).missing(NEEDED_PERMISSIONS);
  if (lacking.length === 0) return { what: `Server ${name}`, ok: true, said: 'all permissions there' };
  return {
    what: `Server ${name}`,
    ok: false,
    said: `lacks ${lacking.join(', ')}. Give them to the bot's role, or add it anew: ${inviteLink(applicationId)}`,
  };
}

async function checkDatabase(config: Config, log: Logger): Promise<readonly Finding[]> {
  await using database = await reach(config, log);
  const ran = await migrate(database.db);
  const ms = await database.ping({ deadlineMs: 5_000 });
  const migrated = ran.length === 0 ? 'up to date' : `${ran.length} migrations run`;
  const trigrams = (await prepareTrigrams(database.db))
    ? 'taken into account (pg_trgm)'
    : 'not taken into account: the database has no pg_trgm, and I may not switch it on. As its owner: create extension pg_trgm; then start me again';
  return [
    { what: 'Database', ok: true, said: `${database.kind}, ${migrated}, round trip ${ms.toFixed(1)} ms` },
    { what: 'Typing errors in searches', ok: true, said: trigrams },
  ];
}

async function reach({ DATABASE_URL: url, DATA_DIR: dataDir }: Config, log: Logger): Promise<Database> {
  try {
    return await connect({ url, dataDir, log, waitMs: DATABASE_WAIT_MS });
  } catch (error) {
    if (!(error instanceof DatabaseAwayError)) throw error;
    throw new ConfigError(`${error.message}. Start it, or correct DATABASE_URL; without one the bot uses its own.`);
  }
}

/** None is no mistake, but easily overlooked. */
async function checkLists(config: Config): Promise<readonly Finding[]> {
  const names = phishingLists(config).map(({ name }) => name);
  const none = "none, so links are judged without; name some in PHISHING_LISTS (see the operators' guide)";
  return [{ what: 'Lists of dangerous domains', ok: true, said: names.length === 0 ? none : names.join(', ') }];
}

async function checkWorkers(config: Config): Promise<readonly Finding[]> {
  await using workers = await startWorkers({ threads: config.WORKER_THREADS });
  const tried = await workers.selfTest({ deadlineMs: 20_000 });
  return tried.map(({ name, ms, error }) => ({
    what: `Worker task ${name}`,
    ok: error === undefined,
    said: error === undefined ? `${ms.toFixed(1)} ms` : `failed: ${inWords(error)}`,
  }));
}

/** What went wrong and why, down to the first cause. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${inWords(error.cause)}`;
}
