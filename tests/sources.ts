import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The folder the sources are in. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every file below a folder, as paths from the root with `/`, sorted; none when there is no such folder. */
export async function filesBelow(folder: string, ending = '.ts'): Promise<readonly string[]> {
  const entries = await readdir(`${ROOT}/${folder}`, { recursive: true }).catch(() => []);
  return entries
    .map((entry) => `${folder}/${entry.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ending) && !path.endsWith('.d.ts') && !path.includes('/node_modules/'))
    .sort();
}

export function readSource(path: string): Promise<string> {
  return readFile(`${ROOT}/${path}`, 'utf8');
}

export interface Import {
  /** The file that is imported, as a path from the root. */
  readonly target: string;
  /** Whether nothing of it is left when the types are gone. */
  readonly typeOnly: boolean;
}

/** What a file imports of our own: `from './x.ts'`, `import('./x.ts')`, `import './x.ts'`, `new URL('./x.ts', import.meta.url)`. */
export function importsOf(path: string, source: string): readonly Import[] {
  const found = source.matchAll(
    /(?:(?<statement>(?:import|export)\s+(?<type>type\s)?[^;'"]*?\bfrom\s*)|(?<typeof>\btypeof\s+)?\bimport\s*\(?\s*|new URL\(\s*)['"](?<target>\.{1,2}\/[^'"]+)['"]/g,
  );
  return [...found].map(({ groups = {} }) => ({
    target: new URL(groups.target ?? '', `file:///${path}`).pathname.slice(1),
    typeOnly: groups.type !== undefined || groups.typeof !== undefined,
  }));
}
