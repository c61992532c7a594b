import { writeFile } from 'node:fs/promises';
import { Value } from '@sinclair/typebox/value';
import type { LoopMonitor } from '../../src/lib/loop-monitor.ts';
import { type Profiling, startProfile } from './profiling.ts';
import { type Watched, WatchOrder } from './watch-protocol.ts';

const EVERY_MS = 500;

/** The bot's own view of its event loop while the bench measures, told line by line as it goes. */
export class Watch implements Disposable {
  readonly #monitor: LoopMonitor;
  readonly #opened = new DisposableStack();
  #profiling: { readonly file: string; readonly from: number; readonly running: Profiling } | undefined;

  constructor(monitor: LoopMonitor) {
    this.#monitor = monitor;
  }

  /** Takes a line of standard input; what is no order of the watch is left alone. */
  async obey(line: string): Promise<void> {
    const order: unknown = JSON.parse(line);
    if (!Value.Check(WatchOrder, order)) return;
    if (order.watch === 'begin') await this.#begin(order.profile);
    else await this.#end();
  }

  [Symbol.dispose](): void {
    this.#opened.dispose();
  }

  async #begin(profile: string | undefined): Promise<void> {
    const began = performance.now();
    if (profile !== undefined) {
      this.#profiling = { file: profile, running: await startProfile(), from: performance.now() - began };
    }
    const window = this.#opened.use(this.#monitor.window());
    const look = () => {
      const { p99, max } = window.stats();
      window.reset();
      const at = performance.now() - began;
      say({ watched: 'sample', at, loopP99: p99, loopMax: max, heap: process.memoryUsage().heapUsed });
    };
    const timer = setInterval(look, EVERY_MS);
    this.#opened.defer(() => clearInterval(timer));
    this.#opened.use(this.#monitor.onLate(({ at, ms, ran }) => say({ watched: 'late', at: at - began, ms, ran })));
    say({ watched: 'begun' });
  }

  async #end(): Promise<void> {
    this.#opened.dispose();
    const profiling = this.#profiling;
    if (profiling) await writeFile(profiling.file, JSON.stringify(await profiling.running.stop()));
    say({ watched: 'ended', ...(profiling && { profiledFrom: profiling.from }) });
  }
}

function say(watched: Watched): void {
  process.stdout.write(`${JSON.stringify(watched)}\n`);
}
