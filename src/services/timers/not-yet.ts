import { RateLimitError } from 'discord.js';
import { BotError } from '../../lib/errors.ts';

/** Something else comes first, and then it is tried again: that costs no try. */
export class NotYetError extends BotError {}

/** Whether what stood in the way passes by itself, so that nothing was tried in vain. */
export function isJustWaiting(error: unknown): boolean {
  return error instanceof NotYetError || error instanceof RateLimitError;
}
