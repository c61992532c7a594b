import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { embeddedDatabase } from './embedded-database.ts';
import { refuseMissing, withoutOptionalPackages } from './optional-packages.ts';
import { builtPage } from './page.ts';
import { poolThread } from './pool-thread.ts';
import { sources } from './sources.ts';

/** What has to be different in the binary: files with another content than on disk, and further programs beside `main`. */
export interface Parts {
  /** Content by absolute path; a path that is not on disk is a new file. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Absolute paths of what a thread loads; each is found in the binary at its place in the tree, ending in `.js`. */
  readonly threads: readonly string[];
}

export interface Built {
  readonly outfile: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** Compiles the tree at `root` into one executable for this platform. It takes its name when it is whole. */
export async function buildBinary(root: string, target: string): Promise<Built> {
  const began = performance.now();
  const outfile = resolve(root, target);
  const parts = await Promise.all([sources(root), poolThread(root), embeddedDatabase(root), builtPage(root)]);
  await mkdir(dirname(outfile), { recursive: true });
  const workshop = await mkdtemp(join(dirname(outfile), '.build-'));
  try {
    const draft = join(workshop, basename(outfile));
    await compile(root, draft, together(parts));
    await rename(draft, outfile);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return { outfile, bytes: (await stat(outfile)).size, seconds: (performance.now() - began) / 1_000 };
}

async function compile(root: string, outfile: string, { files, threads }: Parts): Promise<void> {
  const { metafile } = await Bun.build({
    entrypoints: [join(root, 'src/main.ts'), ...threads],
    root,
    files: { ...files },
    target: 'bun',
    format: 'esm',
    plugins: [withoutOptionalPackages],
    metafile: true,
    // No minifying: errors tell their class by its name. Parsed ahead of time instead, which is what makes it start fast.
    bytecode: true,
    // The stack of an error names the file and line of the source.
    sourcemap: 'inline',
    // What lies in the operator's folder is not ours: the bot reads `.env` itself, and nothing else.
    compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
  });
  if (metafile) refuseMissing(metafile);
}

/** Parts as one; each file has one owner. */
function together(parts: readonly Parts[]): Parts {
  const files = new Map<string, string | Uint8Array>();
  for (const [path, content] of parts.flatMap((part) => Object.entries(part.files))) {
    if (files.has(path)) throw new Error(`two parts of the build change ${path}`);
    files.set(path, content);
  }
  return { files: Object.fromEntries(files), threads: parts.flatMap(({ threads }) => threads) };
}
