import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./writer-child.ts', import.meta.url));

/** A process of its own that writes to an embedded database; see `writer-child.ts`. */
export class Writer implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #waiting: { readonly when: (line: string) => boolean; readonly resolve: (line: string) => void }[] = [];
  readonly lines: string[] = [];

  constructor(dataDir: string) {
    const run = 'Deno' in globalThis ? ['run', '--allow-all', CHILD] : [CHILD];
    this.#process = spawn(process.execPath, [...run, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (!this.#process.stdout) throw new Error('the child has no output');
    createInterface(this.#process.stdout).on('line', (line) => {
      this.lines.push(line);
      for (const { when, resolve } of this.#waiting) if (when(line)) resolve(line);
    });
  }

  /** The numbers whose writing was acknowledged. */
  get acknowledged(): readonly number[] {
    return this.lines.filter((line) => /^\d+$/.test(line)).map(Number);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  said(when: (line: string) => boolean): Promise<string> {
    const there = this.lines.find(when);
    return there === undefined
      ? new Promise((resolve) => this.#waiting.push({ when, resolve }))
      : Promise.resolve(there);
  }

  async kill(): Promise<void> {
    const closed = once(this.#process, 'close');
    this.#process.kill('SIGKILL');
    await closed;
  }

  async close(): Promise<void> {
    const closed = once(this.#process, 'close');
    this.#process.stdin?.end('close\n');
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.kill();
  }
}
