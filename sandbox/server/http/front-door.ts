import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from '../control/control.ts';
import type { Faults } from '../faults.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Live } from '../live.ts';
import type { PageHandler } from '../options.ts';
import type { State } from '../state/state.ts';
import { serveAsset } from './assets.ts';
import type { Handlers } from './listener.ts';
import { isOwnAddress, type Place } from './own-address.ts';
import type { Rest } from './rest.ts';

export interface Rooms {
  readonly state: State;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly live: Live;
  readonly control: Control;
  readonly rest: Rest;
  readonly page: PageHandler | undefined;
  readonly place: () => Place;
}

const API = /^\/api(?:\/v\d+)?(\/.*)$/;
const GATEWAY: readonly string[] = ['/', '/gateway', '/gateway/'];

/** Who asks for what: REST, files and pictures, the sandbox's own verbs, the page; on sockets gateway and live feed. */
export class FrontDoor {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  async request(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { state, faults, control, rest, page, place } = this.#rooms;
    if (!isOwnAddress(request, place())) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end("This address is not the sandbox's own.");
      return;
    }
    const api = API.exec(url.pathname);
    if (api) {
      if (faults.refusing) request.socket.destroy();
      else await rest.handle(request, response, api[1] ?? '/', url.search.slice(1));
      return;
    }
    if (await serveAsset(state, faults, request, response, url)) return;
    if (url.pathname.startsWith('/sandbox/')) {
      await control.handle(request, response, url);
      return;
    }
    const file = request.method === 'GET' ? await page?.(url) : undefined;
    if (file) response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' }).end(file.body);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
  }

  upgrade(request: IncomingMessage, url: URL): ReturnType<Handlers['upgrade']> {
    const { gateway, faults, live, place } = this.#rooms;
    if (!isOwnAddress(request, place())) return 403;
    if (url.pathname === '/sandbox/live') {
      return (socket) => live.accept(socket, url.searchParams.get('as') ?? undefined);
    }
    if (!GATEWAY.includes(url.pathname)) return 404;
    return faults.refusing ? 'cut' : (socket) => gateway.accept(socket, url.searchParams);
  }
}
