import type { ModalValues } from '../../../../../sandbox/server/verbs/interact.ts';
import type { OptionValues } from '../../../../../sandbox/server/verbs/option-values.ts';
import type { Reply } from '../../../../../sandbox/server/verbs/reply.ts';
import { readBook } from '../../../../../src/services/automod/rule-book.ts';
import type { Rule } from '../../../../../src/workers/rules/schema.ts';
import type { TestBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';

/** Somebody who sets automod up: what they order, press, pick and fill in, and what they read then. */
export class Ruler {
  readonly #bot: TestBot;
  readonly #as: string;
  #reply: Reply | undefined;
  /** The card that is pressed on: what is refused leaves it as it is. */
  #shown: Reply | undefined;

  constructor(bot: TestBot, as = 'owner') {
    this.#bot = bot;
    this.#as = as;
  }

  async order(name: string, options: OptionValues = {}): Promise<string> {
    return this.#read(await this.#bot.discord.slash(`automod ${name}`, options, { as: this.#as, unchecked: true }));
  }

  /** Orders a backtest and waits for what it has found, however long it shows how far it is. */
  async backtest(options: OptionValues): Promise<string> {
    const reply = await this.#bot.discord.slash('automod backtest', options, { as: this.#as, unchecked: true });
    await reply.until((now) => !saidIn(now).includes('looked at; would-be hits'), { deadlineMs: 60_000 });
    return this.#read(reply);
  }

  /** Presses the first button of the card whose custom id begins like this, with or without what it remembers. */
  async press(id: string, state = ''): Promise<string> {
    return this.#read(await this.#bot.discord.click(this.#message, this.idOf(id, state), { as: this.#as }), true);
  }

  /** Picks from a menu, which may open a form. */
  async pick(id: string, value: string, state = ''): Promise<string> {
    const picked = await this.#bot.discord.select(this.#message, this.idOf(id, state), [value], { as: this.#as });
    return this.#read(picked, true);
  }

  /** Fills in the form that is open. */
  async fill(values: ModalValues): Promise<string> {
    const modal = this.#reply?.modal;
    if (!modal) throw new Error(`no form is open: ${this.#reply?.content}`);
    return this.#read(await this.#bot.discord.submitModal(modal, values, { as: this.#as }), true);
  }

  get files() {
    return this.#reply?.message?.attachments ?? [];
  }

  get title(): string {
    return String(this.#reply?.modal?.title);
  }

  idOf(id: string, state = ''): string {
    const found = [...JSON.stringify(this.#message).matchAll(/"custom_id":"([^"]+)"/g)].map(([, one = '']) => one);
    const fits = found.find((one) => one.startsWith(`${id}:`) && one.includes(state));
    if (fits === undefined) throw new Error(`there is no ${id} with ${state} among ${found.join(', ')}`);
    return fits;
  }

  get #message() {
    const message = this.#shown?.message;
    if (!message) throw new Error('there is no card');
    return message;
  }

  #read(reply: Reply, same = false): string {
    this.#reply = reply;
    if (!same || JSON.stringify(reply.message ?? {}).includes('custom_id')) this.#shown = reply;
    return saidIn(reply);
  }
}

/** The server's rules as they are stored. */
export async function rulesIn(bot: TestBot): Promise<readonly Rule[]> {
  return (await readBook(bot.discord.guildId, bot.app)).rules;
}
