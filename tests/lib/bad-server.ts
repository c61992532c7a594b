import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer, type Server as RawServer } from 'node:net';
import { SELF_SIGNED } from './self-signed.ts';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A local server that misbehaves as the test says. */
export interface BadServer extends AsyncDisposable {
  readonly host: string;
  readonly url: string;
  /** What was asked of it, oldest first. */
  readonly requests: IncomingMessage[];
  /** Resolves when it has been asked this many times. */
  asked(times: number): Promise<void>;
}

/** Answers the first request with the first answer and so on; the last one stands for all that follow. */
export async function badServer(...answers: readonly Answering[]): Promise<BadServer> {
  const requests: IncomingMessage[] = [];
  const waiting: { readonly times: number; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    (answers[requests.length - 1] ?? answers.at(-1))?.(request, response);
    for (const { times, resolve } of waiting) if (requests.length >= times) resolve();
  });
  server.keepAliveTimeout = 0; // whoever asks decides how long a connection is kept
  const host = await listen(server);
  return {
    host,
    url: `http://${host}/thing`,
    requests,
    asked: (times) =>
      new Promise((resolve) => (requests.length >= times ? resolve() : waiting.push({ times, resolve }))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends these bytes to whoever connects, then hangs up: what no proper server would. */
export async function rawServer(bytes: string): Promise<{ readonly host: string } & AsyncDisposable> {
  const server = createRawServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  });
  const host = await listen(server);
  return {
    host,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Speaks TLS with a certificate that nobody vouches for, and counts who came that far. */
export async function untrustedServer(): Promise<
  { readonly host: string; readonly connections: () => number } & AsyncDisposable
> {
  let connections = 0;
  const server = createSecureServer(SELF_SIGNED, (_, response) => response.end('{}'));
  server.on('tlsClientError', () => {});
  server.on('secureConnection', () => {
    connections += 1;
  });
  const host = await listen(server);
  return {
    host,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server | RawServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `127.0.0.1:${address.port}`;
}
