import type { Rule } from '../../workers/rules/schema.ts';
import type { Answer, Attached } from '../answers/answer.ts';
import { clip, markup, type Said, t } from '../answers/words.ts';
import type { Replay, WouldHit } from './backtest.ts';

/** Hits that are shown; all that are kept are in the file. */
const MOST_SHOWN = 8;
const LONGEST_SHOWN = 120;

/** What a rule would have hit, some of it here with links, as much as is kept of it in a file. */
export function replayCard({ name }: Rule, replay: Replay, { cancelled }: { readonly cancelled: boolean }): Answer {
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
    ...(hits.length > MOST_SHOWN && { files: [fileOf(hits)] }),
  };
}

function lineOf({ author, url, line, text, spans, perhaps }: WouldHit): Said {
  const params = { text: excerpt(text, spans[0]), author, line: line ?? 0, link: markup(url ?? '') };
  const kind = url === undefined ? 'line' : 'message';
  return t(`automod.backtest.${kind}${perhaps ? 'Perhaps' : ''}`, params);
}

/** The text around the first place that was found. */
function excerpt(text: string, span: WouldHit['spans'][number] | undefined): string {
  const from = Math.max(0, (span?.[0] ?? 0) - LONGEST_SHOWN / 3);
  const shown = clip(text.slice(from).replaceAll(/\s+/g, ' '), LONGEST_SHOWN);
  return from > 0 ? `…${shown}` : shown;
}

function fileOf(hits: readonly WouldHit[]): Attached {
  const lines = hits.map(({ author, url, line, text, perhaps }) =>
    [url ?? `line ${line}`, author, perhaps ? '?' : '', text.replaceAll(/\s+/g, ' ')].join('\t'),
  );
  return { name: 'would-be-hits.txt', bytes: new TextEncoder().encode(`${lines.join('\n').toWellFormed()}\n`) };
}
