import http from 'node:http';
import net from 'node:net';
import { pathToFileURL } from 'node:url';

// A process of its own: it notes what our code does while the modules named are being imported, tells it as JSON, and
// must then end by itself, because nothing was left open. Nothing of ours is imported before that.
const [, , root = '', ...files] = process.argv;
const caught: string[] = [];
let importing = '';

/** Notes an act unless a package did it: a package's own start has no line of ours in its stack. */
function note(what: string): void {
  const ours = new Error().stack
    ?.split('\n')
    .some((line) => /\/(?:src|sandbox)\//.test(line) && line.includes(root) && !line.includes('node_modules'));
  if (ours) caught.push(`${importing}: ${what}`);
}

function watch(target: object, name: string, what = name): void {
  const real: unknown = Reflect.get(target, name);
  if (typeof real !== 'function') return;
  const watched = new Proxy(real, {
    apply(callee, self, given) {
      note(what);
      return Reflect.apply(callee, self, given);
    },
    construct(callee, given, newTarget) {
      note(what);
      return Reflect.construct(callee, given, newTarget);
    },
  });
  Reflect.set(target, name, watched);
}

for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'WebSocket', 'Worker'])
  watch(globalThis, name);
for (const name of ['exit', 'on', 'once', 'chdir', 'kill']) watch(process, name, `process.${name}`);
watch(process.stdout, 'write', 'stdout');
watch(net.Server.prototype, 'listen', 'listen');
watch(http.Server.prototype, 'listen', 'listen');
watch(net.Socket.prototype, 'connect', 'connect');
const seeEnv: ProxyHandler<NodeJS.ProcessEnv> = {
  get(env, name) {
    note(`reads ${String(name)} from the environment`);
    return Reflect.get(env, name);
  },
  ownKeys(env) {
    note('reads the environment');
    return Reflect.ownKeys(env);
  },
};
Object.defineProperty(process, 'env', { value: new Proxy(process.env, seeEnv) });

for (importing of files) {
  await import(pathToFileURL(`${root}/${importing}`).href).catch((error: unknown) => {
    caught.push(`${importing}: cannot be imported: ${error}`);
  });
}
process.stdout.write(`${JSON.stringify(caught)}\n`);
