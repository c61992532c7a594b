import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Parts } from './binary.ts';

/** The module that bundles the sandbox's page from its sources; the binary's has the result instead. */
export const PAGE_MODULE = 'sandbox/page/bundle.ts';

interface PageModule {
  bundlePage(): Promise<ReadonlyMap<string, { readonly type: string; readonly body: string | Uint8Array }>>;
}

/** The page as it is served, each file embedded and read when it is first asked for. */
export async function builtPage(root: string): Promise<Parts> {
  const { bundlePage }: PageModule = await import(pathToFileURL(join(root, PAGE_MODULE)).href);
  const built = [...(await bundlePage())].map(([path, { type, body }], index) => ({
    path,
    type,
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    name: `file${index}`,
    source: join(root, `sandbox/page/built/${index}.bin`),
  }));
  const text = `
    import { readFile } from 'node:fs/promises';
    ${built.map(({ name, source }) => `import ${name} from ${JSON.stringify(source)} with { type: 'file' };`).join('\n')}
    const FILES = [${built.map(({ path, type, name }) => `[${JSON.stringify(path)}, ${JSON.stringify(type)}, ${name}]`).join(', ')}];
    export async function bundlePage() {
      const read = FILES.map(async ([path, type, file]) => [path, { type, body: await readFile(file) }]);
      return new Map(await Promise.all(read));
    }
  `;
  const files = Object.fromEntries(built.map(({ source, body }) => [source, body]));
  return { files: { ...files, [join(root, PAGE_MODULE)]: text }, threads: [] };
}
