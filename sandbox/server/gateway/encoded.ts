import { isRecord } from '../http/form.ts';
import type { Happening, State } from '../state/state.ts';

/** An event's data as JSON, made once however many sessions hear it: whole, or without message content. */
export class Encoded {
  readonly #state: State;
  readonly #happening: Happening;
  #whole: string | undefined;
  #stripped: string | undefined;

  constructor(state: State, happening: Happening) {
    this.#state = state;
    this.#happening = happening;
  }

  textFor(withContent: boolean): string {
    const { d } = this.#happening;
    if (withContent || !this.#hidesContent(d)) {
      this.#whole ??= JSON.stringify(d);
      return this.#whole;
    }
    this.#stripped ??= JSON.stringify({ ...Object(d), content: '', embeds: [], attachments: [], components: [] });
    return this.#stripped;
  }

  /** Without the intent a bot still reads its own messages, direct ones, and those that mention it. */
  #hidesContent(d: unknown): boolean {
    const { t, guild } = this.#happening;
    if ((t !== 'MESSAGE_CREATE' && t !== 'MESSAGE_UPDATE') || guild === undefined || !isRecord(d)) return false;
    const bot = this.#state.bot.id;
    if (isRecord(d.author) && d.author.id === bot) return false;
    return !(Array.isArray(d.mentions) && d.mentions.some((user) => isRecord(user) && user.id === bot));
  }
}
