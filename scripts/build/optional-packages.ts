import { isBuiltin } from 'node:module';
import type { BunPlugin } from 'bun';

/** What libraries try to load and do well without; mostly native code, which the binary cannot carry. */
const OPTIONAL = /^(?:@napi-rs\/nice|supports-color|zlib-sync)$/;

/**
 * Optional packages are absent from the binary for good. Left to be looked for at run time, they would be loaded from a
 * `node_modules` that happens to lie in the operator's folder: somebody else's code.
 */
export const withoutOptionalPackages: BunPlugin = {
  name: 'without-optional-packages',
  setup(build) {
    build.onResolve({ filter: OPTIONAL }, ({ path }) => ({ path, namespace: 'absent' }));
    build.onLoad({ filter: /./, namespace: 'absent' }, ({ path }) => ({
      loader: 'js',
      contents: `throw new Error(${JSON.stringify(`${path} is not part of the binary`)});`,
    }));
  },
};

/**
 * Throws when a package is left to be looked for at run time. A relative path is none: that is how the bundler lists what
 * a package of `sideEffects: false` exports again and nobody uses, and it leaves the statement out.
 */
export function refuseMissing({ inputs }: Bun.BuildMetafile): void {
  const missing = Object.entries(inputs).flatMap(([by, { imports }]) =>
    imports
      .filter(({ external, path }) => external && !isBuiltin(path) && !/^\.{1,2}\//.test(path))
      .map(({ path }) => `${path}, which ${by} loads`),
  );
  if (missing.length > 0) throw new Error(`not in the binary: ${missing.join('; ')}`);
}
