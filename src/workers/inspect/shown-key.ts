import { safeText } from './safe-text.ts';
import { maskSecrets } from './secrets.ts';

const SHOWN = 60;
/** No token is longer. */
const LONGEST = 4_000;

/** A key of a file's data, out of its text as it was: without secrets, then short and safe to show. */
export function shownKey(key: string): string {
  return safeText(maskSecrets(key.slice(0, LONGEST)).text, SHOWN);
}
