import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Waiting, withDeadline } from '../../src/lib/deadline.ts';
import { BenchError } from '../bench-error.ts';

const CLOSING_MS = 8_000;
const TAIL_LINES = 20;

export interface SpawnOptions {
  /** What it is called in messages. */
  readonly name: string;
  readonly command: readonly [command: string, ...args: string[]];
  readonly cwd: string;
  /** The whole environment it gets. */
  readonly env: Readonly<Record<string, string>>;
  /** In a process group of its own that is ended as a whole: for programs that start others. */
  readonly group?: boolean;
}

/** A process of the bench, ended by its id when it is disposed. */
export class Child implements AsyncDisposable {
  readonly name: string;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;
  readonly #group: boolean;
  readonly #tail: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  #over = false;

  constructor({ name, command: [command, ...args], cwd, env, group = false }: SpawnOptions) {
    this.name = name;
    this.#group = group;
    this.#process = spawn(command, args, { cwd, env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'], detached: group });
    this.ended = new Promise((resolve) => {
      this.#process.once('error', (error) => resolve(`could not be started: ${error.message}`));
      this.#process.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with ${code}`));
    });
    void this.ended.then(() => {
      this.#over = true;
    });
    this.#process.stdin?.on('error', () => undefined); // it may be gone before it has read everything
    for (const stream of [this.#process.stdout, this.#process.stderr]) if (stream) this.#listen(stream);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** The last lines it wrote, for messages. */
  get tail(): string {
    return this.#tail.map((line) => `  | ${line}\n`).join('');
  }

  /** One line of JSON on its standard input. */
  send(value: object): void {
    this.#process.stdin?.write(`${JSON.stringify(value)}\n`);
  }

  /** Hears every line from now on, until disposed. */
  hear(listener: (line: string) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** What `read` makes of the first line from now on that it makes something of. BenchError when the process ends first. */
  async next<T>(what: string, read: (line: string) => T | undefined, waiting: Waiting): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const listener = (line: string) => {
      try {
        const found = read(line);
        if (found !== undefined) resolve(found);
      } catch (error) {
        reject(error);
      }
    };
    this.#listeners.add(listener);
    try {
      return await withDeadline(`${this.name}: ${what}`, () => Promise.race([promise, this.#died(what)]), waiting);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#over || this.pid === 0) return;
    try {
      process.kill(this.#group ? -this.pid : this.pid, signal);
    } catch {
      // It ended this very moment.
    }
  }

  /** Asks it to end, and ends it when it does not. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.stdin?.end();
    this.signal('SIGTERM');
    const force = setTimeout(() => this.signal('SIGKILL'), CLOSING_MS);
    await this.ended;
    clearTimeout(force);
    // What is left of its group would otherwise outlive it.
    if (this.#group) killGroup(this.pid);
  }

  async #died(what: string): Promise<never> {
    const how = await this.ended;
    throw new BenchError(`${this.name} ${how} before ${what}; its last words:\n${this.tail}`);
  }

  #listen(stream: Readable): void {
    createInterface(stream).on('line', (line) => {
      this.#tail.push(line);
      if (this.#tail.length > TAIL_LINES) this.#tail.shift();
      for (const listener of [...this.#listeners]) listener(line);
    });
  }
}

function killGroup(pid: number): void {
  if (pid === 0) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
