import type { Context } from '../../context.ts';
import { type Said, t } from '../answers/words.ts';
import { Recent } from '../inspector/recent.ts';
import { tellServerLog } from '../logs/server-log.ts';

type Needs = Pick<Context, 'discord' | 'settings' | 'i18n' | 'log' | 'now'>;

const DAY_MS = 86_400_000;

/** Tells servers what could not be done for who has reached a level: each thing once a day, however many do. */
export class LevelNotices {
  readonly #told = new Recent();
  readonly #context: Needs;

  constructor(context: Needs) {
    this.#context = context;
  }

  /** That the log cannot be told either keeps nobody from anything. */
  async tell(guild: string, about: string, text: Said): Promise<void> {
    const { log, now } = this.#context;
    if (!this.#told.add(`${guild} ${about} ${Math.floor(now().getTime() / DAY_MS)}`)) return;
    try {
      await tellServerLog(this.#context, guild, {
        tone: 'warning',
        title: t('levels.refused.title'),
        parts: [{ kind: 'text', text }],
        next: t('levels.refused.next'),
      });
    } catch (error) {
      log.warn({ guild, error }, 'a server could not be told what its levels do not give');
    }
  }
}
