import type { UploadedFile } from '../../sandbox/server/state/file-store.ts';

const LEVELS = ['INFO', 'DEBUG', 'WARN', 'ERROR'];
const START = Date.UTC(2026, 0, 1);
const SERIAL_DIGITS = 16;

/**
 * Logs of about so many bytes, no two of them alike: a file that was seen before, also in an earlier round, would be
 * answered from the database. `serial` is that of the first.
 */
export function logFiles(bytes: number, serial = Date.now()): () => UploadedFile {
  const lines = [`${new Date(START).toISOString()} INFO station-0 run ${'0'.repeat(SERIAL_DIGITS)}`];
  const serialAt = (lines[0]?.length ?? 0) - SERIAL_DIGITS;
  for (let at = 1, size = 0; size < bytes; at++) {
    const time = new Date(START + at * 250).toISOString();
    const line = `${time} ${LEVELS[(at * 7) % LEVELS.length]} station-${at % 40} request ${at} took ${(at * 37) % 900} ms`;
    lines.push(line);
    size += line.length + 1;
  }
  const pattern = new TextEncoder().encode(`${lines.join('\n')}\n`);
  let next = serial;
  return () => {
    const copy = pattern.slice();
    copy.set(new TextEncoder().encode(String(next++).padStart(SERIAL_DIGITS, '0')), serialAt);
    return { name: 'station.log', contentType: 'text/plain', bytes: copy };
  };
}
