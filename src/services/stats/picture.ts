import type { Context } from '../../context.ts';
import type { StatsChart } from '../../workers/chart/stats-chart.ts';
import type { Attached } from '../answers/answer.ts';
import { clip, type Reader, renderPlain, type Words } from '../answers/words.ts';

const DRAWING_MS = 20_000;
/** What Discord takes. */
const LONGEST_ALT = 1_024;

/** A chart as a picture; nothing where it cannot be drawn, for all it shows is said in words, too. */
export async function pictureOf(
  name: string,
  { chart, alt }: { readonly chart: StatsChart; readonly alt: Words },
  { reader, signal }: { readonly reader: Reader; readonly signal: AbortSignal },
  { workers, log }: Pick<Context, 'workers' | 'log'>,
): Promise<Attached | undefined> {
  try {
    const { png } = await workers.offload('drawStats', { chart }, { signal, deadlineMs: DRAWING_MS });
    return { name: `${name}.png`, bytes: png, description: clip(renderPlain(alt, reader), LONGEST_ALT) };
  } catch (error) {
    if (signal.aborted) throw error;
    log.warn({ error, chart: name }, 'a chart of statistics could not be drawn');
    return undefined;
  }
}
