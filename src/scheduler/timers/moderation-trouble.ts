import { Type } from '@sinclair/typebox';
import { DiscordAPIError } from 'discord.js';
import { toPayload } from '../../services/answers/payload.ts';
import type { Words } from '../../services/answers/words.ts';
import { caseCard } from '../../services/moderation/entry.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { defineTimer } from '../timer.ts';

/** Says that what a case has to go on with cannot be done for now: in the server's log, or to whoever ordered it. */
export default defineTimer({
  payload: Type.Object({
    case: Type.Integer({ minimum: 1 }),
    /** Words of the catalogue. */
    why: Type.Unknown(),
  }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload, send }, context) {
    const { moderation, settings, i18n, discord, log } = context;
    const one = await moderation.get({ guild, number: payload.case });
    if (!one) return { kind: 'done' };
    const { logChannel } = await settings.of(guild, 'logs');
    const { language: locale } = await settings.of(guild, 'general');
    const card = await caseCard(one, context);
    const why = payload.why as Words; // as it was stored
    const { body } = toPayload(
      { ...card, tone: 'warning', parts: [{ kind: 'text', text: why }, ...(card.parts ?? [])] },
      { i18n, locale },
    );
    const refused = (error: unknown) => {
      if (!channelRefusal(error) && !(error instanceof UnsureSentError) && !isClosed(error)) throw error;
      log.info({ guild, case: one.number, error }, 'of a case that cannot go on this way nobody could be told');
      return undefined;
    };
    if (logChannel && (await send(logChannel, { body }).catch(refused))) return { kind: 'done' };
    const { actor } = one;
    if (actor === null || actor === discord.user?.id) return { kind: 'done' };
    const letter = async () => send((await discord.users.createDM(actor)).id, { body });
    await letter().catch(refused);
    return { kind: 'done' };
  },
});

function isClosed(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 403;
}
