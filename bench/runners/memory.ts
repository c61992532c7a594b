import v8 from 'node:v8';
import vm from 'node:vm';

/** What a runtime tells of its own memory. */
export interface MemoryProbe {
  readonly collect: () => void;
  /** Bytes in use, those outside of the heap too. */
  readonly used: () => number;
}

/** The engines count differently: Bun's heap learns of buffers late, so there it is the allocator that is asked. */
export async function memoryProbe(): Promise<MemoryProbe> {
  if ('bun' in process.versions) {
    const { memoryUsage } = await import('bun:jsc');
    return { collect: () => Bun.gc(true), used: () => memoryUsage().current };
  }
  v8.setFlagsFromString('--expose-gc');
  return {
    collect: vm.runInNewContext('gc'),
    used: () => {
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
  };
}
