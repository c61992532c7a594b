import type { Context } from '../../context.ts';
import type { Within } from '../../db/connect.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import { type Said, t } from '../answers/words.ts';
import type { Patching } from '../settings/settings.ts';
import { channelRefusal } from '../timers/channel-refusal.ts';
import type { Outgoing } from '../timers/send-once.ts';
import { offButton, POSTED, type Posted } from './off-button.ts';

interface Posting {
  readonly guild: string | undefined;
  readonly what: Posted;
  readonly dueAt: Date;
  readonly send: (channel: string, message: Outgoing, as: string) => Promise<unknown>;
  /** What is written together with its having been posted. */
  readonly posted?: Writing;
}

type Writing = (within: Within) => Promise<void>;
type Outcome = ({ readonly kind: 'done' } | { readonly kind: 'failed'; readonly why: Said }) & {
  readonly also?: Writing | undefined;
};

/** Posts what `make` gives in the channel that the server has chosen by now; without a channel, or a thing to say, nothing. A channel that will not take it is chosen no longer. */
export async function postOf(
  { guild, what, dueAt, send, posted }: Posting,
  { settings, i18n }: Pick<Context, 'settings' | 'i18n'>,
  make: (locale: string) => Promise<Answer | undefined>,
): Promise<Outcome> {
  if (guild === undefined) return { kind: 'failed', why: t('schedule.refused.channelGone') };
  const channel = (await settings.of(guild, 'reports'))[POSTED[what]];
  if (!channel) return { kind: 'done' };
  const { language: locale } = await settings.of(guild, 'general');
  const answer = await make(locale);
  if (!answer) return { kind: 'done' };
  const parts = [...answer.parts, { kind: 'buttons', buttons: [offButton(what, dueAt)] } as const];
  const { body, files } = toPayload({ ...answer, parts }, { i18n, locale });
  try {
    await send(channel, { body, files }, `${what} ${guild} ${dueAt.toISOString()}`);
    return { kind: 'done', also: posted };
  } catch (error) {
    const refusal = channelRefusal(error);
    if (refusal === undefined) throw error;
    const why = t(`reports.stopped.${what}`, { why: t(`schedule.refused.${refusal}`) });
    return { kind: 'failed', why, also: turnOff };
  }

  async function turnOff(within: Within): Promise<void> {
    await settings.setWithin(within, guild ?? '0', 'reports', turnedOff(what, channel ?? '0'), { by: null });
  }
}

/** Nothing more is made for a channel that takes nothing; another may have been chosen meanwhile. */
function turnedOff(what: Posted, channel: string): Patching<'reports'> {
  const name = POSTED[what];
  return (held) => (held[name] === channel ? { [name]: null } : {});
}
