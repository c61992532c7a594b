import { readdir, readFile, writeFile } from 'node:fs/promises';

/** What a process has used so far: CPU time of its main thread and of all others, in milliseconds. */
export interface CpuTime {
  readonly mainMs: number;
  readonly othersMs: number;
}

/** Resident memory in bytes, now and at its highest. */
export interface Memory {
  readonly resident: number;
  readonly peak: number;
}

/** What a process has used until now and holds at the moment; `handles` are open files and sockets. */
export interface Usage extends CpuTime {
  readonly resident: number;
  readonly threads: number;
  readonly handles: number;
}

/** Linux counts CPU time for /proc in hundredths of a second, whatever the kernel ticks at. */
const MS_PER_TICK = 10;
const BYTES_PER_KB = 1_024;

/** As the kernel counts it. Undefined where there is no /proc, or the process is gone. */
export async function cpuTime(pid: number): Promise<CpuTime | undefined> {
  const [all, main] = await Promise.all([readProc(`${pid}/stat`), readProc(`${pid}/task/${pid}/stat`)]);
  if (all === undefined || main === undefined) return undefined;
  const mainMs = ticksOf(main) * MS_PER_TICK;
  return { mainMs, othersMs: Math.max(0, ticksOf(all) * MS_PER_TICK - mainMs) };
}

export async function memoryOf(pid: number): Promise<Memory | undefined> {
  const status = await readProc(`${pid}/status`);
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1]);
  const [resident, peak] = [field('VmRSS') * BYTES_PER_KB, field('VmHWM') * BYTES_PER_KB];
  return Number.isNaN(resident) || Number.isNaN(peak) ? undefined : { resident, peak };
}

/** All of it at once. Undefined where there is no /proc, or the process is gone. */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  const [cpu, memory, threads, handles] = await Promise.all([
    cpuTime(pid),
    memoryOf(pid),
    countIn(`${pid}/task`),
    countIn(`${pid}/fd`),
  ]);
  return cpu && memory && { ...cpu, resident: memory.resident, threads, handles };
}

/** From now on the peak of this process is counted anew, where the kernel lets it. */
export async function forgetPeak(): Promise<void> {
  await writeFile('/proc/self/clear_refs', '5').catch(() => undefined);
}

/** User and system time together. The name of the process may hold anything, brackets and spaces too. */
export function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function readProc(path: string): Promise<string | undefined> {
  return readFile(`/proc/${path}`, 'utf8').catch(() => undefined);
}

async function countIn(path: string): Promise<number> {
  return readdir(`/proc/${path}`).then(
    ({ length }) => length,
    () => 0,
  );
}
