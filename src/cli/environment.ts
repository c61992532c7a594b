import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { type Config, type Env, parseConfig } from '../config.ts';
import { ConfigError } from '../lib/errors.ts';

/** The configuration from the environment and a `.env` file in the current folder; the real environment wins. */
export async function loadConfig(env: Env, file = '.env'): Promise<Config> {
  return parseConfig({ ...(await readEnvFile(file)), ...env });
}

async function readEnvFile(file: string): Promise<Env> {
  try {
    return parseEnv(await readFile(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {};
    throw new ConfigError(`${file} cannot be read`, { cause });
  }
}
