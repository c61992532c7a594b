import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { toWire } from '../lib/errors.ts';
import type { FromThread, ThreadData } from './embedded.ts';
import { pgliteOptions } from './embedded-options.ts';
import { Session } from './session.ts';

/** The threads that may connect at the same time: the main one and the ones that export. */
const MAX_CONNECTIONS = 32;

if (parentPort) await serve(parentPort, workerData);

/** Opens the data folder, serves it on a socket, and closes it when told to. The main thread ends this one afterwards. */
async function serve(port: NonNullable<typeof parentPort>, { folder, socket }: ThreadData): Promise<void> {
  const say = (message: FromThread) => port.postMessage(message);
  try {
    const options = await pgliteOptions(dirname(folder));
    if (!(await exists(folder))) await make(folder, options);
    const session = new Session({ ...options, dataDir: folder });
    await session.waitReady;
    if (process.platform !== 'win32') await rm(socket, { force: true });
    const server = new PGLiteSocketServer({ db: session, path: socket, maxConnections: MAX_CONNECTIONS });
    await server.start();
    port.once('message', async () => {
      await server.stop();
      await session.close();
      say({ kind: 'closed' });
    });
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'failed', error: toWire(error) });
  }
}

/** A folder that was being made when the process died must not look like a database: it gets its name when it is one. */
async function make(folder: string, options: ConstructorParameters<typeof Session>[0]): Promise<void> {
  const draft = `${folder}.making`;
  await rm(draft, { recursive: true, force: true });
  const session = new Session({ ...options, dataDir: draft });
  await session.waitReady;
  await session.close();
  await rename(draft, folder);
}

async function exists(folder: string): Promise<boolean> {
  return await stat(folder).then(
    () => true,
    () => false,
  );
}
