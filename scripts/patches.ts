import { readdir, readFile, rename, writeFile } from 'node:fs/promises';

/**
 * Applies `patches/*.patch` to the installed packages, for Deno: Bun does it by itself while it installs. Text that is
 * patched already is left as it is; text that is neither fails, so that nobody runs the bot without a fix it relies on.
 */
export async function applyPatches(root: URL): Promise<void> {
  const folder = new URL('patches/', root);
  for (const name of await readdir(folder)) {
    const packageName = decodeURIComponent(name.slice(0, name.lastIndexOf('@'))).replace('+', '/');
    const patch = await readFile(new URL(name, folder), 'utf8');
    for (const section of patch.split(/^diff --git .*$/m).slice(1)) {
      const path = /^\+\+\+ b\/(.*)$/m.exec(section)?.[1];
      if (path) await patchFile(new URL(`node_modules/${packageName}/${path}`, root), section);
    }
  }
}

async function patchFile(file: URL, section: string): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const hunk of section.split(/^@@ .*\n/m).slice(1)) {
    const lines = hunk.replace(/\n$/, '').split('\n');
    const before = side(lines, '-');
    const after = side(lines, '+');
    if (text.includes(after)) continue;
    if (!text.includes(before)) throw new Error(`${file.pathname} is not the text its patch was made for`);
    text = text.replace(before, () => after);
  }
  // A new file in its place: the old one may be shared with the package cache.
  const draft = new URL(`${file.href}.patched`);
  await writeFile(draft, text);
  await rename(draft, file);
}

function side(lines: readonly string[], own: '-' | '+'): string {
  return lines
    .filter((line) => line.startsWith(' ') || line.startsWith(own) || line === '')
    .map((line) => line.slice(1))
    .join('\n');
}
