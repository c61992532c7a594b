import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import { withDeadline } from '../../lib/deadline.ts';
import { BusyError } from '../../lib/errors.ts';
import { settle } from '../../lib/failures.ts';
import type { Answer, Part } from '../answers/answer.ts';
import { list, t } from '../answers/words.ts';
import type { Covered, Section } from './section.ts';
import { SECTIONS, type SectionName } from './sections.ts';

/** A section that takes longer is one that failed. */
const SECTION_MS = 30_000;

/**
 * A server's report of a day, all sections gathered at the same time. One that fails is named in it and hides no other.
 * Nothing when there is nothing to say; an AggregateError when that cannot be known, because too much failed.
 */
export async function dailyReport(
  covered: Covered,
  context: Context,
  signal: AbortSignal,
  sections: Readonly<Partial<Record<SectionName, Section>>> = SECTIONS,
): Promise<Answer | undefined> {
  const gathering = Object.entries(sections).map(([name, section]) => {
    const gather = (inner: AbortSignal) => section.gather(covered, context, inner);
    return [name, withDeadline(`the section ${name}`, gather, { signal, deadlineMs: SECTION_MS })] as const;
  });
  const { done, failed } = await settle(Object.fromEntries(gathering));
  signal.throwIfAborted();
  const passing = failed.map(([, error]) => error).find((error) => error instanceof BusyError || databaseError(error));
  if (passing) throw passing; // the whole report comes a little later
  const { guild, day } = covered;
  for (const [section, error] of failed)
    context.log.warn({ section, guild, day, error }, 'a section of a report failed');
  const said = Object.entries(sections).flatMap(([name, { alone }]) => {
    const gathered = done.get(name);
    return gathered ? [{ name: name as SectionName, alone, gathered }] : []; // the keys of that very object
  });
  if (!said.some(({ alone }) => alone)) {
    const errors = failed.map(([, error]) => error);
    if (errors.length > 0)
      throw new AggregateError(errors, `sections failed: ${failed.map(([name]) => name).join(', ')}`);
    return undefined;
  }
  const parts: Part[] = said
    .filter(({ gathered }) => gathered.lines.length > 0)
    .map(({ name, gathered }) => ({
      kind: 'lines',
      title: t(`reports.sections.${name}`),
      lines: gathered.lines,
    }));
  const names = failed.map(([name]) => t(`reports.sections.${name as SectionName}`)); // the keys of that very object
  return {
    tone: failed.length > 0 ? 'warning' : 'info',
    title: t('reports.title', { day }),
    parts: [
      ...parts,
      ...(names.length > 0 ? [{ kind: 'small', text: t('reports.failed', { names: list(names) }) } as const] : []),
    ],
    pictures: said.flatMap(({ gathered: { picture } }) => (picture ? [picture] : [])),
  };
}
