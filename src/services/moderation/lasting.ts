import { ACTIONS } from './actions.ts';
import type { Case } from './moderation.ts';

/** Types whose effect lasts until it ends or is taken back. */
export const LASTING_TYPES: readonly string[] = Object.entries(ACTIONS).flatMap(
  ([type, { undoneBy, endsAt, lasts = undoneBy !== undefined }]) => (lasts || endsAt ? [type] : []),
);

/** Whether what was done lasts at this moment, as far as is known here. */
export function isLasting({ type, state, endedAt, until }: Case, now: Date): boolean {
  return LASTING_TYPES.includes(type) && state === 'done' && endedAt === null && (until === null || until > now);
}
