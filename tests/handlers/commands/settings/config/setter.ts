import type { ModalValues } from '../../../../../sandbox/server/verbs/interact.ts';
import type { OptionValues } from '../../../../../sandbox/server/verbs/option-values.ts';
import type { Reply } from '../../../../../sandbox/server/verbs/reply.ts';
import type { TestBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';

/** Somebody who sets a server up: what they order, press, pick and fill in, and what they read then. */
export class Setter {
  readonly #bot: TestBot;
  readonly #as: string;
  #reply: Reply | undefined;
  /** The card that is pressed on: what is refused leaves it as it is. */
  #shown: { readonly id: string } | undefined;

  constructor(bot: TestBot, as = 'owner') {
    this.#bot = bot;
    this.#as = as;
  }

  async order(name: string, options: OptionValues = {}): Promise<string> {
    return this.#read(await this.#bot.discord.slash(`config ${name}`, options, { as: this.#as, unchecked: true }));
  }

  /** Goes on with a message that is there already. */
  looksAt(message: { readonly id: string }): this {
    this.#shown = message;
    return this;
  }

  async press(id: string, state = ''): Promise<string> {
    return this.#read(await this.#bot.discord.click(this.#message, this.idOf(id, state), { as: this.#as }));
  }

  async pick(id: string, values: readonly string[], state = ''): Promise<string> {
    return this.#read(await this.#bot.discord.select(this.#message, this.idOf(id, state), values, { as: this.#as }));
  }

  async fill(values: ModalValues): Promise<string> {
    const modal = this.#reply?.modal;
    if (!modal) throw new Error(`no form is open: ${this.#reply?.content}`);
    return this.#read(await this.#bot.discord.submitModal(modal, values, { as: this.#as }));
  }

  /** The text of the one file that came with the last answer. */
  async file(): Promise<string> {
    const [file] = this.#reply?.message?.attachments ?? [];
    if (!file) throw new Error(`there is no file: ${this.#reply?.content}`);
    return await (await fetch(file.url)).text();
  }

  /** The first control whose custom id begins like this, with or without what it remembers. */
  idOf(id: string, state = ''): string {
    const message = this.#bot.discord.state.messages.get(this.#message.id);
    const found = [...JSON.stringify(message).matchAll(/"custom_id":"([^"]+)"/g)].map(([, one = '']) => one);
    const fits = found.find((one) => one.startsWith(`${id}:`) && one.includes(state));
    if (fits === undefined) throw new Error(`there is no ${id} with ${state} among ${found.join(', ')}`);
    return fits;
  }

  /** Whether a control of the card is called so. */
  offers(label: string): boolean {
    const message = this.#bot.discord.state.messages.get(this.#message.id);
    return JSON.stringify(message).includes(`"label":"${label}"`);
  }

  get #message() {
    if (!this.#shown) throw new Error('there is no card');
    return this.#shown;
  }

  #read(reply: Reply): string {
    this.#reply = reply;
    if (reply.message && JSON.stringify(reply.message).includes('custom_id')) this.#shown = reply.message;
    return saidIn(reply);
  }
}

/** Gives the moderator of the small server the right to manage it. */
export async function makeManager({ discord }: TestBot): Promise<void> {
  const owner = { as: 'owner' } as const;
  const body = { name: 'managers', permissions: String(1n << 5n) };
  const { id } = (await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { ...owner, body })) as { id: string };
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${discord.people.moderator}/roles/${id}`, owner);
}
