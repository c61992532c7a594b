import type { UploadedFile } from '../../sandbox/server/state/file-store.ts';
import { readText } from '../../sandbox/server/verbs/read-text.ts';
import type { Reply } from '../../sandbox/server/verbs/reply.ts';
import en from '../../src/locales/en.json' with { type: 'json' };
import type { Outcome } from '../driver/load-tally.ts';
import type { Tools } from '../scenario.ts';

/** The longest the bot works on a file, and a little. */
const SETTLED_MS = 95_000;
/** What a card says of every file that was looked into. */
const CARD = en.inspect.labels.sha256;
const PROGRESS = en.inspect.progress.slice(0, en.inspect.progress.indexOf('{{'));

/** Somebody has a file looked at and waits for the card; "try again" counts as busy, any other answer as a failure. */
export async function inspect(file: UploadedFile, slash: Tools['slash']): Promise<Outcome> {
  const reply = await slash('inspect', { file }, { settle: 'ack' });
  const content = textOf(await reply.until((now) => isLast(textOf(now)), { deadlineMs: SETTLED_MS }));
  if (content.includes(CARD)) return { kind: 'done' };
  if (content.includes(en.inspect.refused.busy)) return { kind: 'busy' };
  return { kind: 'failed', why: `${file.name}: ${content}` };
}

/** What is for one person alone follows an answer that was promised to all, or stands in its place. */
function textOf({ content, message, followUps }: Reply): string {
  const others = followUps.filter(({ id }) => id !== message?.id);
  return [content, ...others.map(readText)].join('\n').trim();
}

/** Until then the answer is owed, or says how far it is. */
function isLast(content: string): boolean {
  return content !== '' && !content.includes(PROGRESS);
}
