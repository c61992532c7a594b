/** Milliseconds of CPU time this thread has used. Asking the system for it takes up to some microseconds, so it is asked rarely. */
export function threadWorked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
