import type { Context } from '../../../../context.ts';
import type { Flight } from '../../../../lib/in-flight.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { t, type Words } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';

const MOST_SHOWN = 30;

/** Every task in flight, oldest first. The one that answers this is among them. */
export default defineCommand({
  ownersOnly: true,
  where: 'anywhere',
  visible: 'private',
  run: (_, context) => list(context),
});

function list({ inFlight, now }: Context): Answer {
  const flights = inFlight.list();
  const at = now().getTime();
  const lines = flights.slice(0, MOST_SHOWN).map((flight) => line(flight, at));
  const more = flights.length - lines.length;
  if (more > 0) lines.push(t('commands.debug.tasks.more', { count: more }));
  return {
    tone: 'info',
    title: t('commands.debug.tasks.title'),
    parts: [{ kind: 'lines', lines: lines.length > 0 ? lines : [t('commands.debug.tasks.none')] }],
  };
}

function line({ name, startedAt, deadlineMs }: Flight, at: number): Words {
  const age = ((at - startedAt.getTime()) / 1_000).toFixed(1);
  if (deadlineMs === undefined) return t('commands.debug.tasks.line', { name, age });
  return t('commands.debug.tasks.lineWithDeadline', { name, age, deadline: (deadlineMs / 1_000).toFixed(0) });
}
