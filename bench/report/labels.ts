import type { Mode } from '../scenario.ts';

/** The modes in words for a terminal. */
export const LABELS: Readonly<Record<Mode, string>> = {
  offload: 'offload (the bot as it is)',
  inline: 'inline (tasks on the main thread)',
  floor: 'floor (an empty discord.js bot)',
  'busy-floor': 'floor while the same tasks burn',
  limit: 'limit (a socket and a request, no library)',
};
