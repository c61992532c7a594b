import type { Context } from '../../context.ts';
import type { Answer } from '../answers/answer.ts';
import { code, lasting, list, type Said, t } from '../answers/words.ts';
import { liveFigures } from '../status/figures.ts';
import { takeSnapshot } from '../status/snapshot.ts';

const MINUTE_MS = 60_000;

/** How the bot is doing: a line a figure, of the process that posts it, and the jobs of all whose last run failed. */
export async function statusUpdate(context: Context): Promise<Answer> {
  const { loop, ack, timers, uptimeMs, ready } = takeSnapshot(context);
  const { servers, members, shards, ofShards } = liveFigures(context);
  const failed = (await context.jobs.list()).filter(({ outcome }) => outcome === 'failed' || outcome === 'deadline');
  const ms = (value: number) => value.toFixed(1);
  const lines: Said[] = [
    t('reports.status.servers', { servers, members }),
    ...(shards < ofShards ? [t('reports.status.shards', { shards, ofShards })] : []),
    t('reports.status.up', { up: lasting(Math.floor(uptimeMs / MINUTE_MS) * MINUTE_MS) }),
    t('reports.status.answers', { p50: ms(ack.p50), p99: ms(ack.p99) }),
    t('reports.status.loop', { p99: ms(loop.p99), stalls: loop.stalls }),
    t('reports.status.timers', { due: timers.due, done: timers.done }),
    ...(failed.length > 0 ? [t('reports.status.jobs', { names: list(failed.map(({ name }) => code(name))) })] : []),
  ];
  const tone = ready && failed.length === 0 ? 'good' : 'warning';
  return { tone, title: t('reports.status.title'), parts: [{ kind: 'lines', lines }] };
}
