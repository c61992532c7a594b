import { type REST, Routes } from 'discord.js';
import pLimit from 'p-limit';
import type { I18n, Key } from '../../lib/i18n.ts';
import type { Logger } from '../../lib/log.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import { type Params, t } from '../answers/words.ts';
import type { Settings } from '../settings/settings.ts';

/** Servers told at the same time. */
const AT_ONCE = 5;

/** Tells every server's owners' channel something, in the server's language. A channel that refuses is logged. */
export type Report = (key: Key, params?: Params, more?: Partial<Answer>) => Promise<void>;

interface Reporting {
  readonly rest: REST;
  readonly guildIds: () => Iterable<string>;
  readonly settings: Pick<Settings, 'of'>;
  readonly i18n: I18n;
  readonly log: Logger;
}

export function createReport({ rest, guildIds, settings, i18n, log }: Reporting): Report {
  const tell = async (guildId: string, answer: Answer) => {
    const { ownersChannel } = await settings.of(guildId, 'logs');
    if (!ownersChannel) return;
    const { language } = await settings.of(guildId, 'general');
    const { body } = toPayload(answer, { i18n, locale: language });
    await rest.post(Routes.channelMessages(ownersChannel), { body });
  };
  return async (key, params, more = {}) => {
    const answer: Answer = { tone: 'info', parts: [{ kind: 'text', text: t(key, params) }], ...more };
    const guilds = [...guildIds()];
    const limit = pLimit(AT_ONCE);
    const told = await Promise.allSettled(guilds.map((guildId) => limit(() => tell(guildId, answer))));
    for (const [at, outcome] of told.entries()) {
      if (outcome.status === 'rejected')
        log.warn({ error: outcome.reason, guild: guilds[at], key }, 'a report could not be delivered');
    }
  };
}
