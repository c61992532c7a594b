import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import { Type } from '@sinclair/typebox';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DeadlineError } from '../../src/lib/errors.ts';
import type { HttpCache, Kept } from '../../src/lib/http-cache.ts';
import { createHttp, type HttpOptions } from '../../src/lib/http-client.ts';
import {
  HttpAddressError,
  HttpBusyError,
  HttpGoneError,
  HttpRefusedError,
  HttpTooLargeError,
} from '../../src/lib/http-errors.ts';
import { badServer, rawServer, untrustedServer } from './bad-server.ts';

const gzip = promisify(gzipCallback);

/** A client that may ask the hosts given, and does not wait between tries. */
function clientFor(hosts: readonly string[], options: Partial<HttpOptions> = {}) {
  return createHttp({ userAgent: 'Rockhopper/test', trustedHosts: hosts, random: () => 0, ...options });
}

const json = (body: unknown) => (_: unknown, response: ServerResponse) => {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
};
const status =
  (code: number, headers: Record<string, string> = {}) =>
  (_: unknown, response: ServerResponse) => {
    response.writeHead(code, headers).end('no');
  };
const silent = () => {};

describe('what a good service gets', () => {
  test('a request that says who asks, and a checked answer', async () => {
    await using server = await badServer(json({ name: 'rockhopper', stars: 3 }));
    using http = clientFor([server.host]);
    const Repository = Type.Object({ name: Type.String(), stars: Type.Integer() });
    expect(await http.json(server.url, Repository)).toEqual({ name: 'rockhopper', stars: 3 });
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'Rockhopper/test',
      accept: 'application/json',
      'accept-encoding': 'gzip',
    });
  });

  test('what is posted arrives', async () => {
    await using server = await badServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      json({ method: request.method, got: JSON.parse(body) })(request, response);
    });
    using http = clientFor([server.host]);
    const answer = await http.text(server.url, { method: 'POST', json: { a: 'ü' } });
    expect(JSON.parse(answer)).toEqual({ method: 'POST', got: { a: 'ü' } });
  });

  test('a packed answer is unpacked', async () => {
    const packed = await gzip('x'.repeat(1000));
    await using server = await badServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    using http = clientFor([server.host]);
    expect(await http.text(server.url)).toBe('x'.repeat(1000));
  });

  test('an answer without a body is empty', async () => {
    await using server = await badServer(status(204));
    using http = clientFor([server.host]);
    expect(await http.request(server.url, { method: 'DELETE' })).toMatchObject({
      status: 204,
      bytes: new Uint8Array(),
    });
  });

  test('a redirect is followed, without the credentials when it leads to another host', async () => {
    await using target = await badServer(json({}));
    await using server = await badServer(status(302, { location: target.url }));
    using http = clientFor([server.host, target.host]);
    await http.request(server.url, { headers: { authorization: 'Bearer secret' } });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret');
    expect(target.requests[0]?.headers.authorization).toBeUndefined();
  });

  test('tells where an answer came from, and whether it has moved there for good', async () => {
    await using target = await badServer(json({}));
    await using server = await badServer(status(301, { location: target.url }), status(302, { location: target.url }));
    await using first = await badServer(status(308, { location: server.url }));
    using http = clientFor([first.host, server.host, target.host]);
    expect(await http.request(first.url)).toMatchObject({ url: target.url, moved: true });
    expect(await http.request(first.url)).toMatchObject({ url: target.url, moved: false });
    expect(await http.request(target.url)).toMatchObject({ url: target.url, moved: false });
  });

  test('what is not there is told apart from what never will be again', async () => {
    await using server = await badServer(status(404), status(410));
    using http = clientFor([server.host]);
    await expect(http.text(server.url)).rejects.toMatchObject({ name: 'HttpGoneError', status: 404 });
    await expect(http.text(server.url)).rejects.toMatchObject({ name: 'HttpGoneError', status: 410 });
  });

  test('JSON asked for past the cache says what has changed, or nothing', async () => {
    await using server = await badServer(json({ a: 1, b: 2 }), status(304));
    using http = clientFor([server.host]);
    const Shape = Type.Object({ a: Type.Integer() });
    const ask = (etag: string | null) => http.jsonUnless({ etag, modified: null }, server.url, Shape);
    expect((await ask(null)).value).toEqual({ a: 1 });
    expect((await ask('"x"')).value).toBeUndefined();
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"x"']);
  });
});

describe('trying again', () => {
  test('helps against a server error and a lost connection', async () => {
    await using server = await badServer(status(502), (request) => request.socket.destroy(), json({ fine: true }));
    using http = clientFor([server.host]);
    expect(await http.text(server.url)).toBe('{"fine":true}');
    expect(server.requests).toHaveLength(3);
  });

  test('ends after two more tries, saying that the service is busy', async () => {
    await using server = await badServer(status(500));
    using http = clientFor([server.host]);
    await expect(http.text(server.url)).rejects.toThrow(HttpBusyError);
    expect(server.requests).toHaveLength(3);
  });

  test('is not done for what may have been carried out', async () => {
    await using server = await badServer(status(500));
    using http = clientFor([server.host]);
    await expect(http.request(server.url, { method: 'POST', json: {} })).rejects.toThrow(HttpBusyError);
    expect(server.requests).toHaveLength(1);
  });

  test('is no use when the thing is gone or the service refuses', async () => {
    await using server = await badServer(status(404), status(403));
    using http = clientFor([server.host]);
    await expect(http.text(server.url)).rejects.toThrow(HttpGoneError);
    await expect(http.text(server.url)).rejects.toMatchObject({ name: 'HttpRefusedError', status: 403 });
    expect(server.requests).toHaveLength(2);
  });

  test('gives up at once when asked to wait longer than anybody would', async () => {
    await using server = await badServer(status(429, { 'retry-after': '3600' }));
    using http = clientFor([server.host]);
    await expect(http.text(server.url)).rejects.toMatchObject({ name: 'HttpBusyError', retryAfterMs: 3_600_000 });
    expect(server.requests).toHaveLength(1);
  });
});

test.each([
  ['403', 403],
  ['429', 429],
])('a rate limit that is used up (%s) says until when, and is not tried', async (_, code) => {
  const reset = Math.floor(Date.now() / 1000) + 1_000;
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` };
  await using server = await badServer(status(code, headers));
  using http = clientFor([server.host]);
  const error = await http.text(server.url).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HttpBusyError);
  const { retryAfterMs = 0 } = error as HttpBusyError;
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(1_000_000);
  expect(server.requests).toHaveLength(1);
});

describe('waiting before the next try', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  /** Resolves when somebody waits for exactly so many milliseconds, on a clock that does not move by itself. */
  function waitedFor(wanted: number): Promise<void> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const armed = Promise.withResolvers<void>();
    const setTimer = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(
      Object.assign((run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
        if (ms === wanted) armed.resolve();
        return setTimer(run, ms, ...given);
      }, setTimer),
    );
    return armed.promise;
  }

  test.each([
    ['when Retry-After has passed, not before', 7_000, status(429, { 'retry-after': '7' })],
    ['after part of a short while when nothing was asked', 150, status(500)],
  ])('the next try comes %s', async (_, ms, first) => {
    await using server = await badServer(first, json({ fine: true }));
    using http = clientFor([server.host], { random: () => (ms === 7_000 ? 1 : 0.5) });
    const armed = waitedFor(ms);
    const answer = http.text(server.url);
    await armed;
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(server.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toBe('{"fine":true}');
  });
});

describe('limits', () => {
  test('a large answer is refused, whether announced or not', async () => {
    await using server = await badServer(
      (_, response) => response.end('x'.repeat(2000)),
      (_, response) => {
        response.write('x'.repeat(600));
        response.end('x'.repeat(600));
      },
    );
    using http = clientFor([server.host]);
    await expect(http.text(server.url, { maxBytes: 1000 })).rejects.toThrow(HttpTooLargeError);
    await expect(http.text(server.url, { maxBytes: 1000 })).rejects.toThrow(HttpTooLargeError);
    expect(server.requests).toHaveLength(2);
  });

  test('an endless answer is cut off', async () => {
    await using server = await badServer((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    using http = clientFor([server.host]);
    await expect(http.text(server.url, { maxBytes: 100_000 })).rejects.toThrow(HttpTooLargeError);
  });

  test('a small packed answer that unpacks to a large one is refused', async () => {
    const bomb = await gzip('0'.repeat(1_000_000));
    await using server = await badServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    using http = clientFor([server.host]);
    await expect(http.text(server.url, { maxBytes: 100_000 })).rejects.toThrow(HttpTooLargeError);
  });

  test('an answer that is cut short is no answer', async () => {
    await using server = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this');
    using http = clientFor([server.host]);
    await expect(http.text(`http://${server.host}/`)).rejects.toThrow(HttpBusyError);
  });

  test('a service that never answers is left when the time is up', async () => {
    await using server = await badServer(silent);
    using http = clientFor([server.host]);
    await expect(http.text(server.url, { deadlineMs: 50 })).rejects.toThrow(DeadlineError);
  });

  test('the caller can give up', async () => {
    await using server = await badServer(silent);
    using http = clientFor([server.host]);
    const controller = new AbortController();
    const answer = http.text(server.url, controller);
    await server.asked(1);
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
  });

  test('one host is asked by so many at a time, the others wait their turn', async () => {
    const held: ServerResponse[] = [];
    await using server = await badServer((_, response) => held.push(response));
    using http = clientFor([server.host], { perHost: 2 });
    const answers = Array.from({ length: 5 }, () => http.text(server.url));
    await server.asked(2);
    for (let done = 0; done < 5; done += 1) {
      expect(server.requests.length).toBeLessThanOrEqual(done + 2);
      await server.asked(done + 1);
      held[done]?.end('ok');
      await answers[done];
    }
    expect(await Promise.all(answers)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });
});

test('one host, such as GitHub, is asked ten times at once where nothing else is said', async () => {
  const held: ServerResponse[] = [];
  await using server = await badServer((request, response) => {
    if (request.url === '/later') response.end('ok');
    else held.push(response);
  });
  using http = clientFor([server.host]);
  const answers = Array.from({ length: 12 }, () => http.text(server.url));
  await server.asked(10);
  for (let round = 0; round < 5; round += 1) await (await fetch(new URL('/later', server.url))).text(); // an eleventh would have come by then
  expect(held).toHaveLength(10);
  for (let done = 0; done < 12; done += 1) {
    await expect.poll(() => held[done]).toBeDefined();
    held[done]?.end('ok');
    await answers[done];
  }
});

test('a host that redirects lead to is asked by so many at a time, too, and nobody waits for it in the place of others', async () => {
  const held: ServerResponse[] = [];
  await using asked = await badServer((_, response) => held.push(response));
  await using leading = await badServer((request, response) => {
    if (request.url === '/thing') response.writeHead(302, { location: asked.url }).end();
    else response.end('here');
  });
  using http = clientFor([asked.host, leading.host], { perHost: 2 });
  const answers = Array.from({ length: 5 }, () => http.text(leading.url));
  await leading.asked(5);
  await asked.asked(2);
  expect(await http.text(`http://${leading.host}/other`)).toBe('here');
  expect(asked.requests).toHaveLength(2);
  for (let done = 0; done < 5; done += 1) {
    await asked.asked(done + 1);
    expect(asked.requests.length).toBeLessThanOrEqual(done + 2);
    held[done]?.end('ok');
    await answers[done];
  }
  expect(await Promise.all(answers)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
});

test('hosts that send on to each other without end are refused', async () => {
  const urls: string[] = [];
  await using one = await badServer((_, response) => response.writeHead(302, { location: urls[1] }).end());
  await using other = await badServer((_, response) => response.writeHead(302, { location: urls[0] }).end());
  urls.push(one.url, other.url);
  using http = clientFor([one.host, other.host]);
  await expect(http.text(one.url)).rejects.toThrow('sends on without end');
  expect(one.requests.length + other.requests.length).toBe(6);
});

describe('connections that nobody uses', () => {
  /** Asks so often at once, each over a connection of its own, and hears of each one that is closed afterwards. */
  async function askAtOnce(times: number, idleMs: number) {
    const held: ServerResponse[] = [];
    const server = await badServer((_, response) => held.push(response));
    const http = clientFor([server.host], { idleMs });
    const answers = Array.from({ length: times }, () => http.text(server.url));
    await server.asked(times);
    const closed = { count: 0 };
    for (const { socket } of server.requests) socket.once('close', () => closed.count++);
    for (const response of held) response.end('ok');
    await Promise.all(answers);
    return { server, http, closed };
  }

  test('are closed after a while', async () => {
    const { server, http, closed } = await askAtOnce(3, 50);
    await using _server = server;
    using _http = http;
    await expect.poll(() => closed.count).toBe(3);
  });

  test('are kept to four a host', async () => {
    const { server, http, closed } = await askAtOnce(7, 600_000);
    await using _server = server;
    using _http = http;
    await expect.poll(() => closed.count).toBe(3);
  });
});

describe('unusable answers', () => {
  test('of another type, of another shape, or not JSON at all are refused', async () => {
    await using server = await badServer(
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      json({ name: 1 }),
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"name":'),
    );
    using http = clientFor([server.host]);
    const Named = Type.Object({ name: Type.String() });
    await expect(http.json(server.url, Named)).rejects.toThrow('answered text/html instead of application/json');
    await expect(http.json(server.url, Named)).rejects.toThrow('/name');
    await expect(http.json(server.url, Named)).rejects.toThrow(HttpRefusedError);
  });

  test('redirects without end are refused', async () => {
    await using server = await badServer((_, response) => response.writeHead(302, { location: '/thing' }).end());
    using http = clientFor([server.host]);
    await expect(http.text(server.url)).rejects.toThrow('sends on without end');
    expect(server.requests).toHaveLength(6);
  });
});

describe('addresses', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each([
    'http://127.0.0.1:1/',
    'https://127.0.0.1:1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
  ])('%s is refused unless the operator named it', async (address) => {
    using http = clientFor([]);
    await expect(http.text(address)).rejects.toThrow(HttpAddressError);
  });

  test('a host that the operator named is not trusted when members name it, nor is what it answered told them', async () => {
    const kept = new Map<string, Kept>();
    const cache: HttpCache = { get: async (key) => kept.get(key), put: (key, one) => kept.set(key, one) };
    await using server = await badServer((request, response) => {
      response.setHeader('cache-control', 'max-age=600');
      json({ secret: true })(request, response);
    });
    using http = clientFor([server.host], { cache });
    const Secret = Type.Object({ secret: Type.Boolean() });
    expect(await http.json(server.url, Secret)).toEqual({ secret: true });
    expect(kept.size).toBe(1);
    await expect(http.json(server.url, Secret, { fromMembers: true })).rejects.toThrow(HttpAddressError);
  });

  test("a connection kept from the operator's private host is not lent to members who name that host", async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using server = await untrustedServer();
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    using http = clientFor(['git.example.com'], { lookup });
    const address = `https://git.example.com:${server.host.split(':')[1]}/`;
    expect(await http.text(address)).toBe('{}');
    expect(await http.text(address)).toBe('{}');
    expect(server.connections()).toBe(1);
    await expect(http.text(address, { fromMembers: true })).rejects.toThrow(HttpAddressError);
    expect(await http.text(address)).toBe('{}');
    expect(server.connections()).toBe(1);
  });

  test('a host that is open to members may be private, and lets nobody through to another', async () => {
    await using inner = await badServer(json({}));
    await using server = await badServer(json({}), status(302, { location: inner.url }));
    using http = clientFor([inner.host]);
    const asked = { fromMembers: true, openToMembers: [server.host.toUpperCase()] };
    expect(await http.text(server.url, asked)).toBe('{}');
    await expect(http.text(server.url, asked)).rejects.toThrow(HttpAddressError);
    await expect(http.text(inner.url, asked)).rejects.toThrow(HttpAddressError);
    expect(inner.requests).toHaveLength(0);
  });

  test('a name that points into a private network is refused', async () => {
    using http = clientFor([], { lookup: async () => [{ address: '10.1.2.3', family: 4 }] });
    await expect(http.text('https://example.com/')).rejects.toThrow('example.com points into a private network');
  });

  test('the address that was checked is the one connected to: the name is asked once', async () => {
    await using server = await badServer(json({}));
    const port = server.host.split(':')[1];
    const lookup = vi.fn(async () => [{ address: '127.0.0.1', family: 4 }]);
    using http = clientFor(['named.invalid'], { lookup });
    await http.text(`http://named.invalid:${port}/`);
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(server.requests[0]?.headers.host).toBe(`named.invalid:${port}`);
  });

  test('a redirect into a private network is refused', async () => {
    await using inner = await badServer(json({}));
    await using server = await badServer(status(302, { location: inner.url }));
    using http = clientFor([server.host]);
    await expect(http.text(server.url)).rejects.toThrow(HttpAddressError);
    expect(inner.requests).toHaveLength(0);
  });

  test('what is not http is refused', async () => {
    using http = clientFor([]);
    await expect(http.text('ftp://example.com/')).rejects.toThrow(HttpAddressError);
  });
});

test('each request is counted by how it ended', async () => {
  await using server = await badServer(json({}), status(404), status(403), status(503));
  const outcomes: string[] = [];
  using http = clientFor([server.host], { onOutcome: (host, outcome) => outcomes.push(`${host} ${outcome}`) });
  for (const _ of 'four') await http.text(server.url).catch(() => {});
  expect(outcomes).toEqual(['ok', 'gone', 'refused', 'busy'].map((outcome) => `${server.host} ${outcome}`));
  // Members could name so many hosts that the counts were without end.
  await http.text(server.url, { fromMembers: true }).catch(() => {});
  expect(outcomes.at(-1)).toBe('named by members refused');
});
