import type { Context } from '../../context.ts';
import { type Said, t } from '../answers/words.ts';
import { Recent } from '../inspector/recent.ts';
import { tellServerLog } from './server-log.ts';

type Needs = Pick<Context, 'discord' | 'settings' | 'i18n' | 'log' | 'now'>;

const DAY_MS = 86_400_000;

/** Tells servers what could not be done for people, when they join or reach a level: each thing once a day, however many there are. */
export class DailyNotices {
  readonly #told = new Recent();
  readonly #of: 'joining' | 'levels';
  readonly #context: Needs;

  constructor(of: 'joining' | 'levels', context: Needs) {
    this.#of = of;
    this.#context = context;
  }

  /** That the log cannot be told either keeps nobody from anything. */
  async tell(guild: string, about: string, text: Said): Promise<void> {
    const { log, now } = this.#context;
    if (!this.#told.add(`${guild} ${about} ${Math.floor(now().getTime() / DAY_MS)}`)) return;
    try {
      await tellServerLog(this.#context, guild, {
        tone: 'warning',
        title: t(`${this.#of}.refused.title`),
        parts: [{ kind: 'text', text }],
        next: t(`${this.#of}.refused.next`),
      });
    } catch (error) {
      log.warn({ guild, of: this.#of, error }, 'a server could not be told what could not be done for its members');
    }
  }
}
