import type { ChannelSum } from '../../db/activity.ts';
import type { Part } from '../answers/answer.ts';
import { mention, t } from '../answers/words.ts';

const SHOWN = 10;

/** Where most was written, of the channels that whoever asks may see: others are not named. Nothing where nothing was written. */
export function busiestOf(
  sums: readonly ChannelSum[],
  total: number,
  sees: (channel: string) => boolean,
): readonly Part[] {
  if (total === 0) return [];
  const shown = sums.filter(({ channel }) => sees(channel)).slice(0, SHOWN);
  const rest = total - shown.reduce((sum, { messages }) => sum + messages, 0);
  const lines = shown.map(({ channel, messages }) =>
    t('stats.channels.line', { channel: mention('channel', channel), count: messages }),
  );
  const others = rest > 0 ? [t('stats.channels.others', { count: rest })] : [];
  return [{ kind: 'lines', title: t('stats.channels.title'), lines: [...lines, ...others] }];
}
