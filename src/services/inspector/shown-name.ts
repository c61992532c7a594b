import { safeName } from '../../workers/inspect/names.ts';
import { maskSecrets } from '../../workers/inspect/secrets.ts';
import { unlinked, type Words } from '../answers/words.ts';

/** No system that people upload from has longer ones. */
const LONGEST = 1_000;

/** A file's name as an answer shows it: in one line of so many characters, without the secrets that are in it. */
export function shownName(name: string, max = 150): Words {
  return unlinked(safeName(maskSecrets(name.slice(0, LONGEST)).text, max));
}
