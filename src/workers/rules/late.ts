import type { Condition, Trigger } from './schema.ts';
import type { Residue } from './verdict.ts';

/** The triggers of a condition in the order they are written: their numbers in residues and explanations. */
export function triggersOf(condition: Condition): readonly Trigger[] {
  if ('type' in condition) return [condition];
  if ('not' in condition) return triggersOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(triggersOf);
}

/** Whether what was left open holds, asking of each trigger no more often than it takes to know. */
export async function closeResidue(residue: Residue, holds: (trigger: number) => Promise<boolean>): Promise<boolean> {
  if (typeof residue === 'number') return holds(residue);
  if ('not' in residue) return !(await closeResidue(residue.not, holds));
  const [parts, enough] = 'any' in residue ? [residue.any, true] : [residue.all, false];
  for (const part of parts) if ((await closeResidue(part, holds)) === enough) return enough;
  return !enough;
}
