import fs from 'node:fs';

/** How the system calls this thread, to set its priority by; undefined where it cannot be known, and on the main thread. */
export function ownThreadId(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    // biome-ignore lint/plugin: only a synchronous read is made by this very thread, and it holds nobody else up.
    const id = Number(fs.readlinkSync('/proc/thread-self').split('/').at(-1));
    // The main thread's id is that of the process.
    return id !== process.pid && Number.isInteger(id) ? id : undefined;
  } catch {
    return undefined; // a container may have no /proc
  }
}
