import type { UploadedFile } from '../../sandbox/server/state/file-store.ts';

const LEVELS = ['INFO', 'DEBUG', 'WARN', 'ERROR'];

/** A log of about so many bytes, the same in every run. */
export function bigLog(bytes: number): UploadedFile {
  const lines: string[] = [];
  for (let at = 0, size = 0; size < bytes; at++) {
    const time = new Date(Date.UTC(2026, 0, 1) + at * 250).toISOString();
    const line = `${time} ${LEVELS[(at * 7) % LEVELS.length]} station-${at % 40} request ${at} took ${(at * 37) % 900} ms`;
    lines.push(line);
    size += line.length + 1;
  }
  return { name: 'station.log', contentType: 'text/plain', bytes: new TextEncoder().encode(`${lines.join('\n')}\n`) };
}
