import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Answer, Attached } from '../answers/answer.ts';
import { clip, markup, type Said, t } from '../answers/words.ts';
import type { Replay, WouldHit } from './backtest.ts';

/** Hits that are shown; all that are kept are in the file. */
const MOST_SHOWN = 8;
const LONGEST_SHOWN = 120;

interface Over {
  readonly cancelled: boolean;
  /** All hits that are kept, where not all are shown. */
  readonly file: Attached | undefined;
}

/** What a rule would have hit, some of it here with links, as much as is kept of it in a file. */
export function replayCard({ name }: Rule, replay: Replay, { cancelled, file }: Over): Answer {
  const { looked, hits, sure, perhaps, ms, cut } = replay;
  const found = sure + perhaps;
  const seconds = (ms / 1_000).toFixed(2);
  return {
    tone: hits.length > 0 ? 'warning' : 'good',
    title: t('automod.backtest.title', { name }),
    visible: 'private',
    parts: [
      { kind: 'text', text: t('automod.backtest.found', { count: looked, hits: sure, seconds }) },
      ...(perhaps > 0 ? [{ kind: 'text', text: t('automod.backtest.perhaps', { count: perhaps }) } as const] : []),
      ...(hits.length > 0 ? [{ kind: 'points', points: hits.slice(0, MOST_SHOWN).map(lineOf) } as const] : []),
      ...(found > hits.length
        ? [{ kind: 'small', text: t('automod.backtest.kept', { count: hits.length }) } as const]
        : []),
      ...(cancelled ? [{ kind: 'small', text: t('automod.backtest.cancelled') } as const] : []),
      ...(cut ? [{ kind: 'small', text: t('automod.backtest.cut') } as const] : []),
    ],
    next: t('automod.backtest.next'),
    ...(file && { files: [file] }),
  };
}

function lineOf({ author, url, line, text, at, perhaps }: WouldHit): Said {
  const params = { text: excerpt(text, at), author, line: line ?? 0, link: markup(url ?? '') };
  const kind = url === undefined ? 'line' : 'message';
  return t(`automod.backtest.${kind}${perhaps ? 'Perhaps' : ''}`, params);
}

/** The text around the first place that was found. */
function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - LONGEST_SHOWN / 3);
  const shown = clip(text.slice(from).replaceAll(/\s+/g, ' '), LONGEST_SHOWN);
  return from > 0 ? `…${shown}` : shown;
}

/** The hits that are kept, in the language of the server, written in a thread; nothing where all of them are shown. */
export async function hitsFile(
  { hits }: Replay,
  guild: string,
  { i18n, settings, workers }: Pick<Context, 'i18n' | 'settings' | 'workers'>,
  signal: AbortSignal,
): Promise<Attached | undefined> {
  if (hits.length <= MOST_SHOWN) return undefined;
  const { language } = await settings.of(guild, 'general');
  const word = (key: 'line' | 'message' | 'author' | 'sure' | 'text' | 'perhaps') =>
    i18n.t(`automod.backtest.file.${key}`, {}, language);
  const kind = hits[0]?.url === undefined ? 'line' : 'message';
  const rows = hits.map(({ author, url, line, text, perhaps }) => ({ where: url ?? `${line}`, author, perhaps, text }));
  const columns: [string, string, string, string] = [word(kind), word('author'), word('sure'), word('text')];
  const { file } = await workers.offload('writeHits', { columns, perhaps: word('perhaps'), hits: rows }, { signal });
  return { name: 'would-be-hits.txt', bytes: new Uint8Array(file).slice() };
}
