import { type Config, describeConfig } from '../config.ts';

/** Prints the effective configuration, secrets masked. */
export function printConfig(config: Config): void {
  const entries = describeConfig(config);
  const width = Math.max(...entries.map(({ name }) => name.length));
  for (const { name, value } of entries) process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
}
