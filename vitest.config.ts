import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/postgres.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // What is waited for comes late on a machine that does other things as well.
    expect: { poll: { timeout: 30_000 } },
    // One more than the cores that there are at least: bots of tests wait for each other, for rate limits and for the database.
    maxWorkers: 3,
    // Both runtimes run TypeScript by themselves, as they do for the bot; Vite would make every module into another one first.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
});
