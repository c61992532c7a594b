import type { APIMessage } from 'discord-api-types/v10';
import type { ModalShown } from '../server/state/interactions.ts';
import { applyEvent } from './events.ts';
import type { BotStatus, Choice, Outcome, Snapshot } from './protocol.ts';
import type { Store } from './store.ts';

/** What is put into an option or sent with a message: a file of one's own, or the name of a sample. */
export type Attached = File | { readonly sample: string };
export type OptionValue = string | number | boolean | Attached;

/** The sandbox refused, or the bot did not answer; the message is for people. */
export class ClientError extends Error {}

type Frame =
  | { readonly op: 'snapshot'; readonly d: Snapshot }
  | { readonly op: 'event'; readonly t: string; readonly d: unknown }
  | { readonly op: 'status'; readonly d: BotStatus };

const AGAIN_MS = 1_000;
const PAGE = 50;

/** The wire to the sandbox: the live feed of one person, and what this person does. All of the protocol is here. */
export class Client {
  readonly #store: Store;
  #as: string | undefined;
  #socket: WebSocket | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Sees and acts as this person from now on, and stays connected. */
  act(as: string): void {
    this.#as = as;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ op: 'act', as }));
    else if (!this.#socket) this.#connect();
  }

  #connect(): void {
    const url = new URL(`/sandbox/live?as=${encodeURIComponent(this.#as ?? 'member')}`, location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data))));
    socket.addEventListener('close', () => {
      this.#store.connected = false;
      this.#store.tell({ kind: 'connection', connected: false });
      setTimeout(() => this.#connect(), AGAIN_MS);
    });
  }

  #hear(frame: Frame): void {
    if (frame.op === 'snapshot') {
      this.#store.reset(frame.d);
      this.#store.tell({ kind: 'connection', connected: true });
    } else if (frame.op === 'event') applyEvent(this.#store, frame.t, frame.d);
    else {
      this.#store.status = frame.d;
      this.#store.tell({ kind: 'status', status: frame.d });
    }
  }

  /** Messages of a channel, newest first, before the one named. Returns how many came. */
  async history(channel: string, before?: string): Promise<number> {
    const query = before === undefined ? '' : `&before=${before}`;
    const found = await this.#rest<APIMessage[]>('GET', `/channels/${channel}/messages?limit=${PAGE}${query}`);
    this.#store.addHistory(channel, found);
    return found.length;
  }

  async say(channel: string, content: string, files: readonly Attached[], replyTo?: string): Promise<void> {
    await this.#do('message', { channel, content, files, replyTo });
  }

  async typing(channel: string): Promise<void> {
    await this.#do('typing', { channel });
  }

  async edit({ id, channel_id }: APIMessage, content: string): Promise<void> {
    await this.#rest('PATCH', `/channels/${channel_id}/messages/${id}`, { content });
  }

  async remove({ id }: APIMessage): Promise<void> {
    await this.#do('delete', { message: id });
  }

  async react({ id }: APIMessage, emoji: string, on: boolean): Promise<void> {
    await this.#do(on ? 'react' : 'unreact', { message: id, emoji });
  }

  slash(channel: string, name: string, options: Readonly<Record<string, OptionValue>>): Promise<Outcome> {
    return this.#interact('slash', { channel, name, options });
  }

  autocomplete(
    channel: string,
    name: string,
    options: Readonly<Record<string, OptionValue>>,
    focused: string,
  ): Promise<Choice[]> {
    return this.#do('autocomplete', { channel, name, options, focused, deadlineMs: 3_000 });
  }

  userMenu(channel: string, name: string, target: string): Promise<Outcome> {
    return this.#interact('userMenu', { channel, name, target });
  }

  messageMenu({ id, channel_id }: APIMessage, name: string): Promise<Outcome> {
    return this.#interact('messageMenu', { channel: channel_id, name, message: id });
  }

  click({ id }: APIMessage, customId: string): Promise<Outcome> {
    return this.#interact('click', { message: id, customId });
  }

  select({ id }: APIMessage, customId: string, values: readonly string[]): Promise<Outcome> {
    return this.#interact('select', { message: id, customId, values });
  }

  submitModal(modal: ModalShown, values: Readonly<Record<string, string | readonly string[]>>): Promise<Outcome> {
    return this.#interact('submitModal', { modal, values });
  }

  async join(who: number): Promise<void> {
    await this.#call('join', { who });
  }

  /** Zero stops. */
  async post(channel: string, perSecond: number): Promise<void> {
    await this.#call('post', { channel, perSecond });
  }

  posted(): Promise<{ readonly posting: boolean; readonly sent: number }> {
    return this.#call('posted', {});
  }

  async fault(fault: object): Promise<void> {
    await this.#call('fault', fault);
  }

  /** Resolves on the first callback; what comes later arrives by the live feed. Discord waits three seconds. */
  #interact(verb: string, body: object): Promise<Outcome> {
    return this.#do(verb, { ...body, settle: 'ack', deadlineMs: 3_500 });
  }

  #rest<T>(method: string, path: string, body?: object): Promise<T> {
    return this.#do('rest', { method, path, body });
  }

  #do<T>(verb: string, body: object): Promise<T> {
    return this.#call(verb, { ...body, as: this.#as });
  }

  /** One verb. Files travel as parts of a form, in whatever depth of the body they stand. */
  async #call<T>(verb: string, body: object): Promise<T> {
    const files: File[] = [];
    const json = JSON.stringify(withParts(body, files));
    const response = await fetch(`/sandbox/api/${verb}`, {
      method: 'POST',
      ...(files.length > 0 ? form(json, files) : plain(json)),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new ClientError(complaintIn(answer) ?? `the sandbox answered ${response.status}`);
    // The sandbox's own answers, as its documentation gives them.
    return answer as T;
  }
}

function plain(body: string): RequestInit {
  return { body, headers: { 'content-type': 'application/json' } };
}

function form(json: string, files: readonly File[]): RequestInit {
  const body = new FormData();
  body.set('payload_json', json);
  for (const [at, file] of files.entries()) body.set(`files[${at}]`, file, file.name);
  return { body };
}

function withParts(value: unknown, files: File[]): unknown {
  if (value instanceof File) return { file: files.push(value) - 1, name: value.name };
  if (Array.isArray(value)) return value.map((one: unknown) => withParts(one, files));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withParts(one, files)]));
}

function complaintIn(answer: unknown): string | undefined {
  const found = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  const message = typeof found === 'object' && found !== null && 'message' in found ? found.message : undefined;
  return typeof message === 'string' ? message : undefined;
}
