import { type Usage, usageOf } from '../processes/usage.ts';

/** Resident memory of the bot's process while a round was measured and until its load had settled, in bytes. */
export interface MemoryOverTime {
  readonly start: number;
  readonly peak: number;
  readonly end: number;
  /** What is left at the end that was not there at the start. */
  readonly growth: number;
}

/** What the kernel told of the bot's process, sample by sample. */
export interface UsageSample extends Usage {
  /** Milliseconds since the first sample, which is at zero. */
  readonly at: number;
}

const EVERY_MS = 500;

export interface UsageWatch extends Disposable {
  /** Takes the last sample and gives all of them; none where the kernel does not tell. */
  end(): Promise<readonly UsageSample[]>;
}

/** Begins to look at a process; the machine is asked, not the process. */
export async function watchUsage(pid: number, read = usageOf): Promise<UsageWatch> {
  const samples: UsageSample[] = [];
  const began = performance.now();
  const look = async () => {
    const usage = await read(pid);
    if (usage) samples.push({ at: samples.length === 0 ? 0 : Math.round(performance.now() - began), ...usage });
  };
  await look();
  const timer = setInterval(() => void look(), EVERY_MS); // never rejects: what cannot be read is undefined
  return {
    async end() {
      clearInterval(timer);
      await look();
      return samples;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

export function memoryOver(samples: readonly Pick<UsageSample, 'resident'>[]): MemoryOverTime | undefined {
  const [start, end] = [samples[0]?.resident, samples.at(-1)?.resident];
  if (start === undefined || end === undefined) return undefined;
  return { start, peak: Math.max(...samples.map(({ resident }) => resident)), end, growth: end - start };
}
