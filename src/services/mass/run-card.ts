import type { Counts, MassRun } from '../../db/mass-runs.ts';
import type { Answer, Attached, Button, Part } from '../answers/answer.ts';
import { clip, mention, type Said, t } from '../answers/words.ts';
import { cancelId, listId, oppositeOf, undoId } from './buttons.ts';
import { membersSpec, purgeSpec } from './spec.ts';

const LONGEST_REASON = 300;

/** How a run ended; `why` where it was stopped. */
export interface Ended {
  readonly why: Said | undefined;
  readonly files?: readonly Attached[];
}

/** Who reads of a run: those who moderate, or anybody who is in the channel, who is shown figures alone. */
type Readers = 'moderators' | 'anybody';

/** A run as it stands or ended. */
export function runCard(run: MassRun, counts: Counts, ended: Ended | undefined, readers: Readers): Answer {
  const { done, already, refused, open } = counts;
  const role = run.kind === 'purge' ? undefined : membersSpec(run).role;
  const why = readers === 'anybody' && ended?.why && namesSomebody(ended.why) ? t('mass.byHand') : ended?.why;
  const buttons = ended ? buttonsAtEnd(run, counts, readers) : [stopButton(run)];
  const parts: Part[] = [
    ...(readers === 'moderators' ? [byPart(run), ...reasonPart(run)] : []),
    ...(role === undefined ? [] : [{ kind: 'text', text: t('mass.role', { role: mention('role', role) }) } as const]),
    ...(why ? [{ kind: 'text', text: t('mass.stopped', { why }) } as const] : []),
    { kind: 'lines', lines: figuresOf(counts, ended !== undefined) },
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
  ];
  return {
    tone: ended?.why || refused > 0 ? 'warning' : ended ? 'good' : 'info',
    title: t(`mass.titles.${run.kind}`, { count: done + already + refused + open }),
    parts,
    ...(ended?.files && readers === 'moderators' && { files: ended.files }),
  };
}

function figuresOf({ done, already, refused, open }: Counts, ended: boolean): readonly Said[] {
  return [
    t('mass.figures.done', { count: done }),
    ...(already > 0 ? [t('mass.figures.already', { count: already })] : []),
    ...(refused > 0 ? [t('mass.figures.refused', { count: refused })] : []),
    ...(open > 0 ? [t(ended ? 'mass.figures.untried' : 'mass.figures.open', { count: open })] : []),
  ];
}

function namesSomebody({ params = {} }: Said): boolean {
  return 'who' in params;
}

function reasonPart(run: MassRun): readonly Part[] {
  const { reason } = run.kind === 'purge' ? purgeSpec(run) : membersSpec(run);
  return reason === undefined
    ? []
    : [{ kind: 'text', text: t('mass.second.reason', { reason: clip(reason, LONGEST_REASON) }) }];
}

function byPart({ actor, secondedBy }: MassRun): Part {
  const who = mention('user', actor);
  const second = secondedBy === null ? undefined : mention('user', secondedBy);
  return { kind: 'small', text: second ? t('mass.byTwo', { who, second }) : t('mass.by', { who }) };
}

function stopButton(run: MassRun): Button {
  return { label: t('mass.cancel'), style: 'danger', customId: cancelId(run) };
}

/** What was deleted is for those who read the log alone; who was acted on, for those who could have ordered it. */
function buttonsAtEnd({ kind, id }: MassRun, { done }: Counts, readers: Readers): readonly Button[] {
  if (kind === 'purge') return [];
  const undoable = done > 0 && oppositeOf(kind) ? kind : undefined;
  return [
    ...(readers === 'anybody' ? [{ label: t('mass.list'), customId: listId(kind, id) }] : []),
    ...(undoable === 'role-add' || undoable === 'role-remove'
      ? [{ label: t('mass.undo'), customId: undoId(undoable, id) }]
      : []),
  ];
}
