import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ConfigError } from './lib/errors.ts';
import type { Logger } from './lib/log.ts';
import type { Metrics } from './lib/metrics.ts';
import { PANEL } from './panel.ts';

export interface Served {
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Whether the gateway session and the database are there. */
  readonly ready: () => boolean;
  /** How the bot is doing, once it runs. */
  readonly snapshot: () => object | undefined;
}

export interface Http extends AsyncDisposable {
  readonly url: string | undefined;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Metrics, health and the panel, read-only. `off` opens nothing; ConfigError when the address is taken. */
export async function startHttp(address: string, served: Served): Promise<Http> {
  if (address === 'off') return { url: undefined, [Symbol.asyncDispose]: () => Promise.resolve() };
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  const server = createServer((request, response) => {
    answer(request, served, isLoopback(host))
      .then((reply) => send(response, reply))
      .catch((error: unknown) => {
        served.log.error({ error, path: request.url }, 'a page could not be served');
        send(response, { status: 500, type: 'text/plain', body: 'Something went wrong; see the log.\n' });
      });
  });
  await listening(server, host, Number(address.slice(at + 1)), address);
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : Number(address.slice(at + 1));
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function listening(
  server: ReturnType<typeof createServer>,
  host: string,
  port: number,
  address: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${cause.code})`;
      reject(new ConfigError(`HTTP_ADDRESS ${address} ${why}: set it to another host:port, or to off`, { cause }));
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

async function answer(
  { method, url, headers }: IncomingMessage,
  { metrics, ready, snapshot }: Served,
  localOnly: boolean,
): Promise<Reply> {
  // A page elsewhere could have its name point here, and read what it likes.
  if (localOnly && !isLoopback(headers.host?.replace(/:\d+$/, '') ?? '')) {
    return { status: 403, type: 'text/plain', body: 'This address is for this machine only.\n' };
  }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, type: 'text/plain', body: 'This is read-only.\n' };
  switch (url?.split('?')[0]) {
    case '/':
      return { status: 200, type: 'text/html', body: PANEL };
    case '/healthz':
      return { status: 200, type: 'text/plain', body: 'ok\n' }; // a frozen loop could not say so
    case '/readyz':
      return ready()
        ? { status: 200, type: 'text/plain', body: 'ready\n' }
        : { status: 503, type: 'text/plain', body: 'not ready\n' };
    case '/metrics':
      return { status: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() };
    case '/status.json': {
      const now = snapshot();
      if (!now) return { status: 503, type: 'application/json', body: '{"ready":false}\n' };
      return { status: 200, type: 'application/json', body: JSON.stringify(now) };
    }
    default:
      return { status: 404, type: 'text/plain', body: 'There is /, /metrics, /healthz, /readyz and /status.json.\n' };
  }
}

function send(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, {
    'content-type': type.includes(';') ? type : `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
