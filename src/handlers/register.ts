import { createHash } from 'node:crypto';
import type { REST } from 'discord.js';
import { type APIApplicationCommand, Routes } from 'discord-api-types/v10';
import type { Logger } from '../lib/log.ts';

interface Registering {
  readonly rest: REST;
  readonly applicationId: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Tells Discord of the commands, only when what it has differs: writing them is rate-limited by the day. */
export async function registerCommands(
  definitions: readonly object[],
  { rest, applicationId, log, signal }: Registering,
): Promise<void> {
  const route = Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const there = (await rest.get(route, { signal, query })) as readonly APIApplicationCommand[]; // Discord's own list
  const [wanted, had] = [hashOf(definitions), hashOf(there)];
  if (wanted === had) return log.debug({ hash: wanted }, 'the commands are as Discord knows them');
  await rest.put(route, { body: definitions, signal });
  log.info({ commands: definitions.length, hash: wanted }, 'the commands were registered');
}

/** The same for the same commands, whatever order and whatever defaults Discord writes out. */
function hashOf(commands: readonly object[]): string {
  const normal = commands.map(normalise).sort();
  return createHash('sha256').update(JSON.stringify(normal)).digest('hex').slice(0, 16);
}

function normalise(command: object): string {
  return JSON.stringify(canonical(command));
}

/** What Discord adds of itself and what says nothing because it is the default. */
const IGNORED = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'dm_permission',
  'nsfw',
  'default_permission',
  'handler',
]);
const LOCALISED = new Set(['name_localized', 'description_localized']);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, own]) => !IGNORED.has(key) && !LOCALISED.has(key) && !saysNothing(key, own))
    .map(([key, own]): [string, unknown] => [key, canonical(own)]);
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function saysNothing(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (key === 'type') return false;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
