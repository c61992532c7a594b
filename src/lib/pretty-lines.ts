import { prettyFactory } from 'pino-pretty';
import type { LineSink } from './line-writer.ts';

/** What steers a terminal, as JSON has it: escaped below 32 (line ends and tabs apart), as it is above 126. */
const CONTROL = /\\(\\|u00(?:0[0-8bcef]|1[0-9a-f]))|[\x7f-\x9f]/g;

/** pino-pretty as a plain function: its worker thread would not be found inside the single binary. */
export function prettyTo(destination: LineSink): LineSink {
  const pretty = prettyFactory({
    colorize: process.stdout.isTTY,
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
    errorLikeObjectKeys: ['error'],
  });
  return {
    write: (line) => destination.write(pretty(harmless(line))),
    flush: (done) => (destination.flush ? destination.flush(done) : done()),
  };
}

/** A stranger's text must not steer the terminal: control characters are shown as they are written in JSON. */
function harmless(line: string): string {
  return line.replace(CONTROL, (found, escaped: string) =>
    escaped === '\\' ? found : `\\\\u${(escaped || hex(found)).slice(-4)}`,
  );
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
