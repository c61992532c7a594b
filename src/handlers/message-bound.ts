import { snowflakeAt } from '../lib/snowflake.ts';
import { LONGEST_DURATION, readDuration } from './duration-option.ts';

/** A message's id, by itself or at the end of its link. */
const MESSAGE = /^(?:https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/\d+\/\d+\/)?(\d{17,20})$/;
const BOUNDS = { minMs: 1_000, maxMs: 10 * 365 * 86_400_000 } as const;

/** What is typed: a message's id or link, or how long ago. */
export const LONGEST_BOUND = Math.max(120, LONGEST_DURATION);

/** The id of a message, or the first that Discord could have given that long ago. UserError for anything else. */
export function readBound(typed: string, now: Date): string {
  const id = MESSAGE.exec(typed.trim())?.[1];
  return id ?? snowflakeAt(now.getTime() - readDuration(typed.replace(/\s*\bago\s*$/i, ''), BOUNDS));
}
