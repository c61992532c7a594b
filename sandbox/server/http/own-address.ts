import type { IncomingMessage } from 'node:http';

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

export function isLoopback(host: string): boolean {
  return host === '::1' || LOOPBACK.includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Where the sandbox listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly allowRemote: boolean;
}

/** Refuses requests that were meant for another host (DNS rebinding) or come from another site's page. */
export function isOwnAddress(request: IncomingMessage, o: Place): boolean {
  const { host, origin } = request.headers;
  if (host === undefined) return false;
  const names = isLoopback(o.host) || o.host === '0.0.0.0' || o.host === '::' ? [...LOOPBACK, o.host] : [o.host];
  const own = names.map((name) => `${name}:${o.port}`);
  if (!o.allowRemote && !own.includes(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}
