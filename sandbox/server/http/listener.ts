import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Handlers {
  readonly request: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
  /** Returns what to do with the socket, or the status it is refused with. */
  readonly upgrade: (request: IncomingMessage, url: URL) => ((socket: WebSocket) => void) | number | 'cut';
  readonly onCrash: (error: unknown, what: string) => void;
}

const LARGEST_FRAME = 64 * 1024 * 1024;

/** One port for REST, gateway, files, verbs and page. It can be closed and opened again on the same port. */
export class Listener {
  readonly #handlers: Handlers;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LARGEST_FRAME });
  readonly #host: string;
  #server: Server | undefined;
  port: number;

  constructor(host: string, port: number, handlers: Handlers) {
    this.#host = host;
    this.port = port;
    this.#handlers = handlers;
  }

  async open(): Promise<void> {
    const server = createServer((request, response) => this.#request(request, response));
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    server.keepAliveTimeout = 30_000;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(this.port, this.#host, resolve);
    await promise;
    const address = server.address();
    if (typeof address === 'object' && address) this.port = address.port;
    this.#server = server;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    server.closeAllConnections();
    await promise;
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    const url = urlOf(request);
    this.#handlers.request(request, response, url).catch((error: unknown) => {
      this.#handlers.onCrash(error, `${request.method} ${url.pathname}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const accept = this.#handlers.upgrade(request, urlOf(request));
    socket.on('error', () => socket.destroy());
    if (accept === 'cut') return void socket.destroy();
    if (typeof accept === 'number')
      return void socket.end(`HTTP/1.1 ${accept} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    this.#sockets.handleUpgrade(request, socket, head, accept);
  }
}

function urlOf(request: IncomingMessage): URL {
  const target = request.url ?? '/';
  return URL.canParse(target, 'http://sandbox') ? new URL(target, 'http://sandbox') : new URL('http://sandbox/');
}
