const TICK = 0x60;

/** `[from, to)` of each part of a message that Discord shows as code, fences included: mentions and marks mean nothing there. */
function codeRegions(text: string): readonly (readonly [from: number, to: number])[] {
  const regions: (readonly [number, number])[] = [];
  if (!text.includes('`')) return regions;
  const ticks = ticksOf(text);
  for (let at = 0; at < ticks.length; at++) {
    const { from, next } = ticks[at] ?? NO_TICKS;
    const end = ticks[next];
    if (end === undefined) continue;
    regions.push([from, end.from + end.length]);
    at = next;
  }
  return regions;
}

interface Ticks {
  readonly from: number;
  readonly length: number;
  /** The next run of the same length, by its number; -1 where there is none. */
  readonly next: number;
}
const NO_TICKS: Ticks = { from: 0, length: 0, next: -1 };

/** Found from the end, so that each knows its next one without a search. */
function ticksOf(text: string): readonly Ticks[] {
  const runs: { from: number; length: number }[] = [];
  for (let at = text.indexOf('`'); at >= 0; ) {
    let end = at;
    while (text.charCodeAt(end) === TICK) end++;
    runs.push({ from: at, length: end - at });
    at = text.indexOf('`', end);
  }
  const last = new Map<number, number>();
  return runs
    .map((run, index) => ({ run, index }))
    .reverse()
    .map(({ run, index }) => {
      const next = last.get(run.length) ?? -1;
      last.set(run.length, index);
      return { ...run, next };
    })
    .reverse();
}

/** The text with a space for each unit of its code, so that all else stays where it is. */
export function withoutCode(text: string): string {
  let [rest, at] = ['', 0];
  for (const [from, to] of codeRegions(text)) {
    rest += text.slice(at, from) + ' '.repeat(to - from);
    at = to;
  }
  return at === 0 ? text : rest + text.slice(at);
}
