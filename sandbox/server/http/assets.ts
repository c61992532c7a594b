import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../faults.ts';
import type { State } from '../state/state.ts';
import { pictureOf } from './pictures.ts';

const FILES = /^\/(?:ephemeral-)?attachments\/(\d+)\/(\d+)\/[^/]+$/;
const PICTURES =
  /^\/(?:avatars|icons|banners|splashes|role-icons|emojis|embed\/avatars|app-icons|guilds\/\d+\/users)\/(.+)$/;
const SIZES: readonly number[] = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

/** What Discord's CDN would serve: uploads as they came, and pictures drawn from their own addresses. */
export async function serveAsset(
  state: State,
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const file = FILES.exec(url.pathname);
  if (file) {
    await serveFile(state, faults, request, response, file[2] ?? '', url.pathname);
    return true;
  }
  const picture = PICTURES.exec(url.pathname);
  if (!picture) return false;
  const fault = faults.meetFile(url.pathname);
  if (fault?.kind === 'status') {
    response.writeHead(fault.status).end();
    return true;
  }
  const asked = Number(url.searchParams.get('size') ?? 128);
  const size = Math.min(512, SIZES.find((one) => one >= asked) ?? 128);
  const name = (picture[1] ?? '').replace(/\.[a-z]+$/, '');
  // The same picture whatever the extension: there is no need for a second encoder here.
  const bytes = pictureOf(state, name, size);
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes.length, ...OPEN }).end(bytes);
  return true;
}

const OPEN = { 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' };

async function serveFile(
  state: State,
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  path: string,
): Promise<void> {
  const file = state.files.get(id);
  if (!file)
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('This content is no longer available.');
  const fault = faults.meetFile(path);
  if (fault?.kind === 'status') return void response.writeHead(fault.status).end();
  if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.to }).end();
  if (fault?.kind === 'reset') return void request.socket.destroy();
  const { bytes } = file;
  response.writeHead(200, {
    'content-type': file.contentType ?? 'application/octet-stream',
    ...(fault?.kind !== 'grow' && { 'content-length': bytes.length }),
    'accept-ranges': 'bytes',
    ...OPEN,
    // A stranger's upload must never run as a page of the sandbox.
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  if (fault?.kind === 'truncate') {
    response.write(bytes.subarray(0, fault.bytes));
    await sleep(20);
    return void request.socket.destroy();
  }
  if (fault?.kind === 'grow') {
    response.write(bytes);
    return void response.end(new Uint8Array(fault.bytes));
  }
  if (fault?.kind === 'held') {
    response.flushHeaders();
    await fault.until;
  }
  if (fault?.kind !== 'slow') return void response.end(bytes);
  const step = Math.max(1, Math.floor(fault.bytesPerSecond / 10));
  for (let at = 0; at < bytes.length && !response.destroyed; at += step) {
    response.write(bytes.subarray(at, at + step));
    await sleep(100);
  }
  response.end();
}
