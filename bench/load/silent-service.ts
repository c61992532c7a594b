import { createServer } from 'node:http';

const SILENT_MS = 10_000;

/** Stands for every service outside: says nothing for ten seconds, then hangs up. */
export async function silentService(): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((request) => {
    const timer = setTimeout(() => request.socket.destroy(), SILENT_MS);
    request.socket.once('close', () => clearTimeout(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the silent service has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
