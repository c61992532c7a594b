import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { GuardedFetch } from '../../src/lib/guarded-fetch.ts';
import { download } from '../../src/workers/download.ts';

/** A name service that says the same of every name, and counts how often it is asked. */
function names(...addresses: readonly string[]) {
  const asked: string[] = [];
  const lookup = async (hostname: string) => {
    asked.push(hostname);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { asked, guarded: new GuardedFetch({ lookup }) };
}

const limits = { maxBytes: 1_000, deadlineMs: 10_000, hosts: [] };

test.for([
  ['cdn.discordapp.com', '127.0.0.1'],
  ['cdn.discordapp.com', '10.1.2.3'],
  ['media.discordapp.net', '169.254.169.254'],
  ['media.discordapp.net', '::1'],
  ['cdn.discordapp.com', '::ffff:192.168.0.1'],
])('%s is not asked where it points to %s', async ([host = '', address = '']) => {
  const { asked, guarded } = names(address);
  using _guarded = guarded;
  await expect(download(`https://${host}/a.png`, { ...limits, guarded })).rejects.toMatchObject({
    code: 'host-not-allowed',
    message: `${host} points into a private network`,
  });
  expect(asked).toEqual([host]);
});

test('one private address among public ones is enough to refuse a name', async () => {
  const { guarded } = names('1.1.1.1', '127.0.0.1');
  using _guarded = guarded;
  const refused = download('https://cdn.discordapp.com/a.png', { ...limits, guarded });
  await expect(refused).rejects.toMatchObject({ code: 'host-not-allowed' });
});

test('a host that the operator named may be private, and its name is looked up once for the check and the connection', async () => {
  const server = createServer((_, answer) => answer.end('here'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const host = `files.example:${typeof address === 'object' ? address?.port : ''}`;
  const { asked, guarded } = names('127.0.0.1');
  using _guarded = guarded;
  const { bytes } = await download(`http://${host}/a.txt`, { ...limits, hosts: [host], guarded });
  server.closeAllConnections();
  server.close();
  expect(Buffer.from(bytes).toString()).toBe('here');
  expect(asked).toEqual(['files.example']);
});
