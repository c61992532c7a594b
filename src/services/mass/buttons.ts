import { Type } from '@sinclair/typebox';
import type { MassKind, MassRun } from '../../db/mass-runs.ts';
import { encodeCustomId } from '../answers/custom-id.ts';

export const RunState = Type.Object({ run: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });
const VERSION = 1;

/** What the button that stops runs of a kind is called and remembers. */
export function cancelButton(kind: MassKind) {
  return { id: `mass.${kind}.cancel`, version: VERSION, state: RunState } as const;
}

export function cancelId({ kind, id }: MassRun): string {
  const button = cancelButton(kind);
  return encodeCustomId(button.id, button.version, button.state, { run: id });
}
