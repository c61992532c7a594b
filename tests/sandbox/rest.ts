import { REST } from 'discord.js';
import type { SandboxOptions } from '../../sandbox/server/options.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';

export interface RestBot extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** discord.js's own REST client with the bot's token. */
  readonly rest: REST;
  /** What was dispatched since a mark, by name and in order, with the data. */
  happened(since: number): readonly { readonly t: string; readonly d: unknown }[];
}

/** A local Discord and its bot as a REST client, without a gateway session. */
export async function restBot(o: Partial<SandboxOptions> = {}): Promise<RestBot> {
  const sandbox = await startSandbox({ port: 0, rateLimits: 'off', ...o });
  const rest = new REST({
    api: sandbox.apiUrl,
    retries: 0,
    rejectOnRateLimit: ['/'],
    globalRequestsPerSecond: 1_000,
  }).setToken(sandbox.token);
  return {
    sandbox,
    rest,
    happened: (since) => sandbox.journal.since(since).filter((entry) => entry.kind === 'event'),
    async [Symbol.asyncDispose]() {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
      await sandbox[Symbol.asyncDispose]();
    },
  };
}

/** What a refusal is expected to look like, from discord.js and from people alike. */
export const refused = (code: number, status?: number): object =>
  Object.assign({ code }, status === undefined ? {} : { status });
