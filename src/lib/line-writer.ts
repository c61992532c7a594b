import * as fs from 'node:fs';
import { delay } from './deadline.ts';

/** What a log writes to; a line ends with a newline. */
export interface LineSink {
  write(line: string): unknown;
  flush?(done: () => void): void;
}

/** Writes some of the bytes and says how many. */
type WriteSome = (bytes: Uint8Array) => Promise<number>;

const STDOUT = 1;
/** Lines for a reader that does not read are dropped beyond this, rather than fill the memory. In characters. */
const MOST_WAITING = 8 * 1024 * 1024;
const LINES_AT_ONCE = 200;
/** A write that takes this long has met a reader that does not read. */
const STUCK_MS = 1_000;
const RETRY_MS = 50;

/**
 * Writes lines to standard output, in order, and never holds the event loop up, however slow their reader is. (pino's
 * own destination does on Deno, where every `fs.write` to a full pipe blocks the main thread.)
 */
export class LineWriter implements LineSink {
  readonly #writeSome: WriteSome;
  readonly #onDrop: () => void;
  readonly #waiting: string[] = [];
  #size = 0;
  #pumping: Promise<void> | undefined;
  #writingSince = Number.POSITIVE_INFINITY;
  #closed = false;

  /** `onDrop` hears of each line that could not be kept. */
  constructor({
    writeSome = standardOutput(),
    onDrop = () => {},
  }: {
    readonly writeSome?: WriteSome;
    readonly onDrop?: () => void;
  } = {}) {
    this.#writeSome = writeSome;
    this.#onDrop = onDrop;
  }

  write(line: string): void {
    if (this.#closed || this.#size + line.length > MOST_WAITING) {
      this.#onDrop();
      return;
    }
    this.#waiting.push(line);
    this.#size += line.length;
    this.#pumping ??= this.#pump();
  }

  /** Calls `done` when everything written so far has left the process. */
  flush(done: () => void): void {
    void (this.#pumping ?? Promise.resolve()).then(done);
  }

  /** For the process's last moment: what still waits is written on the spot, unless its reader has stopped reading. */
  writeRest(): void {
    const stuck = performance.now() - this.#writingSince > STUCK_MS;
    if (!this.#closed && !stuck) writeAtOnce(Buffer.from(this.#waiting.splice(0).join('')));
  }

  async #pump(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.splice(0, LINES_AT_ONCE);
      const text = lines.join('');
      this.#writingSince = performance.now();
      await this.#writeAll(Buffer.from(text)).catch(() => {
        for (const _ of lines) this.#onDrop();
      });
      this.#writingSince = Number.POSITIVE_INFINITY;
      this.#size -= text.length;
    }
    this.#pumping = undefined;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    for (let left = bytes; left.byteLength > 0; ) {
      try {
        left = left.subarray(await this.#writeSome(left));
      } catch (error) {
        const code = codeOf(error);
        // Nobody will read this any more, now or later.
        if (code === 'EPIPE') this.#closed = true;
        if (code !== 'EAGAIN') throw error;
        await delay(RETRY_MS);
      }
    }
  }
}

/** The one way to write to standard output that leaves the main thread alone, on each runtime. */
function standardOutput(): WriteSome {
  // Deno's types are not loaded, Bun's are.
  const { Deno: deno } = globalThis as { Deno?: { readonly stdout: { readonly write: WriteSome } } };
  if (deno) return (bytes) => deno.stdout.write(bytes);
  return (bytes) =>
    new Promise((resolve, reject) => {
      fs.write(STDOUT, bytes, (error, written) => (error ? reject(error) : resolve(written)));
    });
}

/** The process is leaving and nothing else can run, so waiting is the only way left. Gives up after a second. */
function writeAtOnce(bytes: Uint8Array): void {
  const until = performance.now() + STUCK_MS;
  for (let left = bytes; left.byteLength > 0 && performance.now() < until; ) {
    try {
      // biome-ignore lint/plugin: nothing else can run any more
      left = left.subarray(fs.writeSync(STDOUT, left));
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') return;
      // biome-ignore lint/plugin: nothing else can run any more
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
