import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BusyError } from '../../src/lib/errors.ts';
import { DownloadError } from '../../src/workers/download.ts';
import { Io } from '../../src/workers/io.ts';

test('the bytes of a file arrive with their sum', async () => {
  const body = Buffer.alloc(300_000, 'rockhopper ');
  await using host = await startHost((_, answer) => answer.end(body));
  await using io = new Io({ hosts: [host.name] });
  const { bytes, sha256 } = await io.download(`${host.url}/a.txt`);
  expect(Buffer.compare(bytes, body)).toBe(0);
  expect(sha256).toBe(createHash('sha256').update(body).digest('hex'));
  expect(io.stats()).toMatchObject({ pending: 0, done: 1, failed: 0, bytes: 300_000 });
});

test.for([
  'http://cdn.discordapp.com/a.png',
  'https://cdn.discordapp.com:8443/a.png',
  'https://cdn.discordapp.com.evil.example/a.png',
  'https://someone@cdn.discordapp.com/a.png',
  'https://example.com/a.png',
  'file:///etc/passwd',
  'http://127.0.0.1:1/a.png',
  'not an address',
])('%s is not fetched', async (url) => {
  await using io = new Io({ hosts: ['files.example:8080'] });
  await expect(io.download(url)).rejects.toMatchObject({ name: 'DownloadError', code: 'host-not-allowed' });
});

test.for([
  ['127.1', '127.0.0.1'],
  ['LocalHost', 'localhost'],
  ['localhost.', 'localhost'],
])('a host that is named %s is %s', async ([spelt, meant]) => {
  await using host = await startHost((_, answer) => answer.end('here'));
  const port = host.name.split(':')[1];
  await using io = new Io({ hosts: [`${spelt}:${port}`] });
  const outcome = await io.download(`http://${meant}:${port}/a.txt`).then(
    () => 'fetched',
    (error: unknown) => error instanceof DownloadError && error.code,
  );
  expect(outcome).not.toBe('host-not-allowed');
});

test('what arrives packed, though nobody asked for that, is not unpacked', async () => {
  const packed = gzipSync(Buffer.alloc(30_000_000));
  await using host = await startHost((_, answer) => {
    answer.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
  });
  await using io = new Io({ hosts: [host.name] });
  expect((await io.download(`${host.url}/a.txt`)).bytes.length).toBe(packed.length);
});

test('a redirect to another host is not followed, one on the same host is', async () => {
  await using other = await startHost((_, answer) => answer.end('secret'));
  await using host = await startHost((request, answer) => {
    if (request.url === '/there') return answer.end('here');
    const location = request.url === '/stay' ? '/there' : request.url === '/loop' ? '/loop' : `${other.url}/x`;
    return answer.writeHead(302, { location }).end();
  });
  await using io = new Io({ hosts: [host.name, other.name] });
  await expect(io.download(`${host.url}/away`)).rejects.toMatchObject({ code: 'host-not-allowed' });
  await expect(io.download(`${host.url}/loop`)).rejects.toMatchObject({ code: 'failed' });
  expect(Buffer.from((await io.download(`${host.url}/stay`)).bytes).toString()).toBe('here');
});

test('a file is given up as soon as it is known to be too large, announced or not', async () => {
  await using host = await startHost((request, answer) => {
    if (request.url === '/announced') return answer.writeHead(200, { 'content-length': 10_000_000 }).write('x');
    const timer = setInterval(() => answer.write(Buffer.alloc(100_000)), 1);
    return answer.on('close', () => clearInterval(timer));
  });
  await using io = new Io({ hosts: [host.name] });
  for (const path of ['announced', 'endless']) {
    await expect(io.download(`${host.url}/${path}`, { maxBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'too-large',
    });
  }
});

test('a file that stops arriving is too slow', async () => {
  await using host = await startHost((_, answer) => answer.write('a little'));
  await using io = new Io({ hosts: [host.name] });
  await expect(io.download(`${host.url}/slow`, { deadlineMs: 200 })).rejects.toMatchObject({ code: 'too-slow' });
});

test('an expired link is gone, a broken host has failed, and each carries its cause', async () => {
  await using host = await startHost((request, answer) => {
    if (request.url === '/gone') return answer.writeHead(404).end();
    answer.writeHead(200, { 'content-length': 1_000 }).write('cut');
    return setTimeout(() => answer.destroy(), 20);
  });
  await using io = new Io({ hosts: [host.name] });
  await expect(io.download(`${host.url}/gone`)).rejects.toMatchObject({ code: 'gone' });
  const cut = await io.download(`${host.url}/cut`).catch((error: unknown) => error);
  expect(cut).toBeInstanceOf(DownloadError);
  expect(cut).toMatchObject({ code: 'failed' });
});

test('so many downloads are under way or wait, one more is refused at once, and room comes back', async () => {
  const answers: ServerResponse[] = [];
  await using host = await startHost((_, answer) => answers.push(answer));
  await using io = new Io({ hosts: [host.name], concurrency: 1, maxPending: 2 });
  const taken = [io.download(`${host.url}/1`), io.download(`${host.url}/2`)];
  await expect(io.download(`${host.url}/3`)).rejects.toThrow(new BusyError('2 downloads are under way or waiting'));
  for (const [at, download] of taken.entries()) {
    await expect.poll(() => answers.length).toBe(at + 1);
    answers[at]?.end('here');
    await download;
  }
  expect(io.stats()).toMatchObject({ pending: 0, done: 2 });
});

test('a passing failure of the host is tried again', async () => {
  let asked = 0;
  await using host = await startHost((_, answer) => answer.writeHead(++asked === 1 ? 503 : 200).end('well'));
  await using io = new Io({ hosts: [host.name] });
  expect((await io.download(`${host.url}/a`)).bytes.byteLength).toBe(4);
});

test('a caller that gives up gets its own reason, and the host is let go', async () => {
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  await using host = await startHost((_, answer) => {
    answer.on('close', resolve);
    answer.write('a little');
    isAsked();
  });
  await using io = new Io({ hosts: [host.name] });
  const stop = new AbortController();
  const reason = new Error('no longer wanted');
  const file = io.download(`${host.url}/slow`, { signal: stop.signal });
  await asked;
  stop.abort(reason);
  await expect(file).rejects.toBe(reason);
  await letGo;
});

test('only so many downloads are under way at the same time', async () => {
  let now = 0;
  let most = 0;
  await using host = await startHost((_, answer) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now--;
      answer.end('x');
    }, 20);
  });
  await using io = new Io({ hosts: [host.name], concurrency: 2 });
  await Promise.all(Array.from({ length: 8 }, (_, index) => io.download(`${host.url}/${index}`)));
  expect(most).toBe(2);
});

async function startHost(listener: (...args: Parameters<RequestListener>) => unknown) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    name: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
