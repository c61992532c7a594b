import { type Static, Type } from '@sinclair/typebox';
import type { Notify, Tx } from '../../db/connect.ts';
import { pauseFollows } from '../../db/follows.ts';
import type { Source } from '../../db/sources.ts';
import type { Answer } from '../answers/answer.ts';
import { mention, t, type Words } from '../answers/words.ts';
import type { Timers } from '../timers/timers.ts';

const Why = Type.Union([
  Type.Literal('gone'),
  Type.Literal('failing'),
  Type.Literal('channelGone'),
  Type.Literal('channelClosed'),
]);
/** Why a follow does not go on: the end of a key below `follows.paused`. */
export type Why = Static<typeof Why>;

/** What the timer keeps that tells a server of it. */
export const PauseNotice = Type.Object({
  kind: Type.Union([Type.Literal('feed'), Type.Literal('github')]),
  title: Type.String(),
  address: Type.String(),
  /** The channel that followed it; the timer's own is where the notice goes. */
  where: Type.String(),
  why: Why,
});
export type PauseNotice = Static<typeof PauseNotice>;

interface Writing {
  readonly tx: Tx;
  readonly notify: Notify;
  readonly timers: Timers;
  readonly now: Date;
}

/** Pauses one follow of a source, or all of them, and has each server told once, in the same transaction. */
export async function pause(
  which: { readonly id: string } | { readonly source: string },
  { kind, title, address }: Pick<Source, 'kind' | 'title' | 'address'>,
  why: Why,
  { tx, notify, timers, now }: Writing,
): Promise<void> {
  for (const { guild, owner, channel } of await pauseFollows(tx, which, { now, why })) {
    const payload = { kind: kind === 'github' ? 'github' : 'feed', title, address, where: channel, why };
    await timers.addWithin({ tx, notify }, { kind: 'pause-notice', owner, guild, payload, due: now, zone: 'UTC' });
  }
}

/** What people are told. */
export function pauseEntry({ kind, title, address, where, why }: PauseNotice): Answer {
  const fields: (readonly [Words, Words])[] = [
    [t('follows.what'), title],
    [t('follows.address'), withoutQuery(address)],
    [t('follows.where'), mention('channel', where)],
  ];
  return {
    tone: 'warning',
    title: t('follows.pausedTitle'),
    parts: [
      { kind: 'text', text: t(`follows.paused.${why}`) },
      { kind: 'fields', fields },
    ],
    next: t(`follows.goOn.${kind}`),
  };
}

/** The log may be read by more people than may see the keys in an address. */
function withoutQuery(address: string): string {
  return address.replace(/\?.*$/, '');
}
