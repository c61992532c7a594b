#!/usr/bin/env bun
import { loadConfig } from './cli/environment.ts';
import { EXIT, exitCodeOf } from './cli/exit-codes.ts';
import { withoutGarbageHelpers } from './cli/garbage-helpers.ts';
import { createProgram } from './cli/program.ts';
import { selfCommand } from './cli/self.ts';

const config = () => loadConfig(process.env);
const self = selfCommand(import.meta.url);

// Each subcommand loads what it needs when it runs, so that `help` is quick and `config` opens nothing.
const program = createProgram({
  start: async () => {
    withoutGarbageHelpers(self);
    const { start } = await import('./cli/start.ts');
    const { RemoteSandbox } = await import('../sandbox/server/remote.ts');
    await start(await config(), { self, connect: (url) => new RemoteSandbox(url) });
  },
  run: async () => {
    withoutGarbageHelpers(self);
    const { run } = await import('./cli/run.ts');
    await run(await config());
  },
  sandbox: async (options) => {
    const { runSandbox } = await import('../sandbox/main.ts');
    await runSandbox({ address: (await config()).SANDBOX_ADDRESS, ...options });
  },
  migrate: async () => {
    const { runMigrate } = await import('./cli/migrate.ts');
    await runMigrate(await config());
  },
  config: async () => {
    const { printConfig } = await import('./cli/config.ts');
    printConfig(await config());
  },
  exportMessages: async (options) => {
    const { exportMessages } = await import('./cli/export.ts');
    await exportMessages(await config(), options);
  },
  doctor: async () => {
    const { doctor } = await import('./cli/doctor.ts');
    if (!(await doctor(await config()))) process.exitCode = EXIT.failed;
  },
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
  if (process.exitCode !== EXIT.usage && process.exitCode !== EXIT.stopped) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.exit();
