import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where bytes go. Whoever writes waits until they are taken. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  /** It is whole. */
  close(): Promise<void>;
  /** It will not become whole: nothing of it stays. */
  discard(): Promise<void>;
}

/** A file that has its name only once it is whole. */
export async function fileSink(path: string): Promise<Sink> {
  const draft = `${path}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(draft, 'w', 0o600);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= file.close();
    return closed;
  };
  return {
    write: (bytes) => writeAll(file, bytes),
    async close() {
      await close();
      await rename(draft, path);
    },
    async discard() {
      await close().catch(() => undefined);
      await rm(draft, { force: true });
    },
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}
