import { memoryOf } from '../processes/usage.ts';

/** Resident memory of the bot's process while a round was measured and until its load had settled, in bytes. */
export interface MemoryOverTime {
  readonly everyMs: number;
  /** The first is `start`, the last `end`. */
  readonly samples: readonly number[];
  readonly start: number;
  readonly peak: number;
  readonly end: number;
  /** What is left at the end that was not there at the start. */
  readonly growth: number;
}

const EVERY_MS = 500;

export interface MemoryWatch extends Disposable {
  /** Takes the last sample. Undefined where memory cannot be read. */
  end(): Promise<MemoryOverTime | undefined>;
}

/** Begins to look at a process; the machine is asked, not the process. */
export async function watchMemory(pid: number, read = memoryOf): Promise<MemoryWatch> {
  const samples: number[] = [];
  const look = async () => {
    const memory = await read(pid);
    if (memory) samples.push(memory.resident);
  };
  await look();
  const timer = setInterval(() => void look(), EVERY_MS); // never rejects: what cannot be read is undefined
  return {
    async end() {
      clearInterval(timer);
      await look();
      return summaryOf(samples);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

export function summaryOf(samples: readonly number[]): MemoryOverTime | undefined {
  const [start, end] = [samples[0], samples.at(-1)];
  if (start === undefined || end === undefined) return undefined;
  return { everyMs: EVERY_MS, samples, start, peak: Math.max(...samples), end, growth: end - start };
}
