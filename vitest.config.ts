import { readFile } from 'node:fs/promises';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite takes every import for a script; ours of `.sql` are texts (`with { type: 'text' }`).
  plugins: [
    {
      name: 'sql-is-text',
      enforce: 'pre',
      load: async (id) =>
        id.endsWith('.sql') ? `export default ${JSON.stringify(await readFile(id, 'utf8'))}` : undefined,
    },
  ],
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a machine that does other things as well.
    expect: { poll: { timeout: 10_000 } },
    // One more than the cores that there are at least: bots of tests wait for each other, for rate limits and for the database.
    maxWorkers: 3,
    // Two runs at the same time (Bun's and Deno's) would take each other's files away.
    fsModuleCache: false,
  },
});
