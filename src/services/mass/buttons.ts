import { Type } from '@sinclair/typebox';
import type { MassKind, MassRun } from '../../db/mass-runs.ts';
import { encodeCustomId } from '../answers/custom-id.ts';

export const RunState = Type.Object({ run: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });
const VERSION = 1;

export type UndoableKind = 'role-add' | 'role-remove';

/** What the button that stops runs of a kind is called and remembers. */
export function cancelButton(kind: MassKind) {
  return { id: `mass.${kind}.cancel`, version: VERSION, state: RunState } as const;
}

/** What the button that takes a run back is called and remembers. */
export function undoButton(kind: UndoableKind) {
  return { id: `mass.${kind}.undo`, version: VERSION, state: RunState } as const;
}

export function undoId(kind: UndoableKind, run: string): string {
  const button = undoButton(kind);
  return encodeCustomId(button.id, button.version, button.state, { run });
}

/** What the button that shows what became of whom is called and remembers. */
export function listButton(kind: MassKind) {
  return { id: `mass.${kind}.list`, version: VERSION, state: RunState } as const;
}

export function listId(kind: MassKind, run: string): string {
  const button = listButton(kind);
  return encodeCustomId(button.id, button.version, button.state, { run });
}

/** What takes back what a run of this kind does; nothing where that cannot be taken back for many. */
export function oppositeOf(kind: MassKind): UndoableKind | undefined {
  return kind === 'role-add' ? 'role-remove' : kind === 'role-remove' ? 'role-add' : undefined;
}

/** What the button of the second person who has to confirm a run is called and remembers. */
export function secondButton(kind: MassKind) {
  return { id: `mass.${kind}.second`, version: VERSION, state: RunState } as const;
}

export function secondId({ kind, id }: MassRun): string {
  const button = secondButton(kind);
  return encodeCustomId(button.id, button.version, button.state, { run: id });
}

export function cancelId({ kind, id }: MassRun): string {
  const button = cancelButton(kind);
  return encodeCustomId(button.id, button.version, button.state, { run: id });
}
