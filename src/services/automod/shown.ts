import type { APIAttachment } from 'discord-api-types/v10';
import type { Span } from '../../db/automod-alerts.ts';
import { maskSecrets } from '../../workers/inspect/secrets.ts';
import type { Hit } from '../../workers/rules/verdict.ts';
import { clip } from '../answers/words.ts';

/** Names of files that are shown, and letters of each. */
const MOST_FILES = 5;
const LONGEST_NAME = 80;

interface Seen {
  /** Without secrets. */
  readonly text: string;
  readonly files: readonly APIAttachment[];
  readonly hits: readonly Hit[];
}

/** What is shown of a message, and where in it rules found something. */
export function shownOf({ text, files, hits }: Seen): {
  readonly spans: readonly Span[];
  readonly found: readonly string[];
  readonly files: readonly string[];
} {
  const elsewhere = hits.flatMap((hit) => (hit.elsewhere ?? []).map((one) => one.text));
  return {
    spans: hits.flatMap((hit) => hit.spans).filter(([, to]) => to <= text.length),
    found: [...new Set(elsewhere)],
    files: files.slice(0, MOST_FILES).map(({ filename }) => clip(maskSecrets(filename).text, LONGEST_NAME)),
  };
}
