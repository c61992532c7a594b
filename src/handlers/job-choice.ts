import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { code, list, type Said, t } from '../services/answers/words.ts';
import type { RunRow } from '../services/jobs/jobs.ts';
import type { Choice, Typing } from './autocomplete.ts';
import type { Rules } from './define.ts';

export const JOB_RULES = { ownersOnly: true, where: 'anywhere', visible: 'private' } as const satisfies Rules;

/** The jobs whose names hold what is typed. */
export function offerJobs({ typed }: Pick<Typing, 'typed'>, { jobs }: Pick<Context, 'jobs'>): readonly Choice[] {
  const sought = typed.trim().toLowerCase();
  return jobs.names
    .filter((name) => name.includes(sought))
    .slice(0, 25)
    .map((name) => ({ name, value: name }));
}

/** The job of that name. UserError with the names there are. */
export function readJob(typed: string, { jobs }: Pick<Context, 'jobs'>): string {
  const name = typed.trim().toLowerCase();
  if (jobs.names.includes(name)) return name;
  throw new UserError('commands.jobs.unknown', { names: list(jobs.names.map(code)) });
}

const ENDINGS = ['done', 'failed', 'deadline', 'cancelled'] as const;

/** How a run ended, in words. */
export function endingOf({ outcome }: { readonly outcome: string | null }): Said {
  const known = ENDINGS.find((one) => one === outcome) ?? 'failed';
  return t(`commands.jobs.endings.${known}`);
}

/** '850 ms', '12.3 s', '4 min 5 s'. */
export function tookSaid(ms: number): Said {
  if (ms < 1_000) return t('commands.jobs.took.ms', { ms: Math.max(0, Math.round(ms)) });
  if (ms < 60_000) return t('commands.jobs.took.s', { s: (ms / 1_000).toFixed(1) });
  return t('commands.jobs.took.min', { min: Math.floor(ms / 60_000), s: Math.floor((ms % 60_000) / 1_000) });
}

/** Which process a run is or was made by: 'host, process 123'. */
export function processSaid(owner: string): Said {
  const [host = owner, pid = '?'] = owner.split(' ');
  return t('commands.jobs.process', { host, pid });
}

export function tookOf({ startedAt, endedAt }: Pick<RunRow, 'startedAt' | 'endedAt'>): Said {
  return tookSaid(endedAt.getTime() - startedAt.getTime());
}
