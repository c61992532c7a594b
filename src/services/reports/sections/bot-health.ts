import { runsOfDay } from '../../../db/job-list.ts';
import { lasting, t } from '../../answers/words.ts';
import type { Section } from '../section.ts';

const MINUTE_MS = 60_000;

/** How the bot itself has been: this process since its start, and the jobs of all of them on that day. */
const botHealth: Section = {
  alone: false,
  async gather({ day }, { db, metrics, monitor, now, startedAt }) {
    const up = Math.floor((now().getTime() - startedAt.getTime()) / MINUTE_MS) * MINUTE_MS;
    const [{ runs, failed }, errors] = await Promise.all([
      runsOfDay(db, day),
      metrics.logLines.total({ level: 'error' }),
    ]);
    const lines = [
      t('reports.health.process', { up: lasting(up), stalls: monitor.stalls, errors }),
      t('reports.health.jobs', { runs, failed }),
    ];
    return { lines };
  },
};

export default botHealth;
