import type { Condition, Trigger } from './schema.ts';
import type { Residue } from './verdict.ts';

/** The triggers of a condition in the order they are written: their numbers in residues and explanations. */
export function triggersOf(condition: Condition): readonly Trigger[] {
  if ('type' in condition) return [condition];
  if ('not' in condition) return triggersOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(triggersOf);
}

/**
 * Whether what was left open holds, asking of each trigger no more often than it takes to know; undefined where that hangs on one of
 * which nobody can say.
 */
export async function closeResidue(
  residue: Residue,
  holds: (trigger: number) => Promise<boolean | undefined>,
): Promise<boolean | undefined> {
  if (typeof residue === 'number') return holds(residue);
  if ('not' in residue) {
    const inner = await closeResidue(residue.not, holds);
    return inner === undefined ? undefined : !inner;
  }
  const [parts, enough] = 'any' in residue ? [residue.any, true] : [residue.all, false];
  let decided: boolean | undefined = !enough;
  for (const part of parts) {
    const one = await closeResidue(part, holds);
    if (one === enough) return enough;
    if (one === undefined) decided = undefined;
  }
  return decided;
}
