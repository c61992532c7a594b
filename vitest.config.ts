import { defineConfig } from 'vitest/config';

/** Those that start the bench or the binary: how these fare beside others says more of the machine than of them. */
const BY_THEMSELVES = ['tests/bench/run.test.ts', 'tests/bench/starting.test.ts', 'tests/binary/**/*.test.ts'];

// Both runtimes run TypeScript by themselves, as they do for the bot; Vite would make every module into another one first.
const experimental = { viteModuleRunner: false, nodeLoader: false };

const common = {
  testTimeout: 90_000,
  hookTimeout: 90_000,
  // What is waited for comes late on a machine that does other things as well.
  expect: { poll: { timeout: 30_000 } },
  // What a file loads, the threads of its bots first of all, serves the next one: anew for each, it took half of the time.
  isolate: false,
  experimental,
};

export default defineConfig({
  test: {
    globalSetup: ['tests/postgres.ts'],
    experimental,
    projects: [
      {
        test: {
          ...common,
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: BY_THEMSELVES,
          // One more than the cores that there are at least: bots of tests wait for each other, for rate limits and for the database.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...common, name: 'by themselves', include: BY_THEMSELVES, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
