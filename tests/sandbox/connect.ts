import { Client, type ClientOptions, GatewayIntentBits as I, Partials } from 'discord.js';
import type { SandboxOptions } from '../../sandbox/server/options.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';

const ALL_INTENTS = Object.values(I).filter((bit) => typeof bit === 'number');

/** The real discord.js, pointed at the sandbox and left as it is otherwise. */
export function clientFor(sandbox: Sandbox, options: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: ALL_INTENTS,
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    rest: { api: sandbox.apiUrl, cdn: sandbox.cdnUrl },
    ...options,
  });
}

export interface Connected extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly client: Client<true>;
}

/** A sandbox of its own and a client that is ready in it. */
export async function connect(
  o: Partial<SandboxOptions> = {},
  options: Partial<ClientOptions> = {},
): Promise<Connected> {
  await using opened = new AsyncDisposableStack();
  const sandbox = opened.use(await startSandbox({ port: 0, rateLimits: 'off', ...o }));
  const client = opened.adopt(clientFor(sandbox, options), (one) => one.destroy());
  const ready = Promise.withResolvers<Client<true>>();
  client.once('clientReady', ready.resolve);
  await client.login(sandbox.token);
  const connected = await ready.promise;
  const owned = opened.move();
  return { sandbox, client: connected, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
