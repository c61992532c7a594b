import type { APIMessage } from 'discord-api-types/v10';
import { SandboxError } from './api-error.ts';
import type { ReplyView } from './control/reply-view.ts';
import { isRecord } from './http/form.ts';
import { type Entry, WAIT_MS, type WaitOptions } from './journal.ts';
import type { PostingProgress } from './posting.ts';
import type { SampleListed } from './seeds/samples.ts';
import type { Id } from './snowflake.ts';
import type { Choice, ModalShown } from './state/interactions.ts';
import type { JoinOptions } from './verbs/membership.ts';
import type { ReplyWait } from './verbs/reply.ts';
import type { InteractOptions } from './verbs/send-interaction.ts';

/** A file in the verbs of a sandbox elsewhere. */
export type RemoteFile =
  | { readonly name: string; readonly bytes: Uint8Array; readonly contentType?: string }
  | { readonly sample: string }
  | { readonly upload: string; readonly name?: string };

/** What came of an interaction, as it stood; `until` fetches later states. */
export interface RemoteReply extends ReplyView {
  until(fits: (reply: ReplyView) => boolean, wait?: ReplyWait): Promise<RemoteReply>;
}

export interface RemoteState {
  readonly url: string;
  readonly apiUrl: string;
  readonly cdnUrl: string;
  readonly guildId: Id;
  readonly people: Readonly<Record<string, Id>>;
  readonly channels: Readonly<Record<string, Id>>;
  readonly roles: Readonly<Record<string, Id>>;
  readonly samples: readonly SampleListed[];
  readonly connected: boolean;
}

const POLL_MS = 10_000;

/** The verbs of a sandbox in another process, over HTTP. What they mean is written at `Sandbox`. */
export class RemoteSandbox {
  readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/$/, '');
  }

  /** Any verb by name. */
  async call(verb: string, body: object = {}): Promise<unknown> {
    return answerOf(
      await fetch(`${this.url}/sandbox/api/${verb}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  }

  // The other side is the same program: its answers have the types that its verbs have.
  async #ask<T>(verb: string, body: object = {}): Promise<T> {
    return (await this.call(verb, body)) as T;
  }

  async state(): Promise<RemoteState> {
    return answerOf(await fetch(`${this.url}/sandbox/api/state`)) as Promise<RemoteState>;
  }

  async slash(
    name: string,
    options: Readonly<Record<string, unknown>> = {},
    o: InteractOptions = {},
  ): Promise<RemoteReply> {
    const values = Object.entries(options).map(([key, value]) => [key, isFile(value) ? onWire(value) : value]);
    return this.#reply('slash', { ...o, name, options: Object.fromEntries(values) });
  }

  userMenu(name: string, target: string, o: InteractOptions = {}): Promise<RemoteReply> {
    return this.#reply('userMenu', { ...o, name, target });
  }

  messageMenu(name: string, message: string, o: InteractOptions = {}): Promise<RemoteReply> {
    return this.#reply('messageMenu', { ...o, name, message });
  }

  autocomplete(name: string, options: object, focused: string, o: InteractOptions = {}): Promise<readonly Choice[]> {
    return this.#ask('autocomplete', { ...o, name, options, focused });
  }

  click(message: { readonly id: string }, customId: string, o: InteractOptions = {}): Promise<RemoteReply> {
    return this.#reply('click', { ...o, message: message.id, customId });
  }

  select(
    message: { readonly id: string },
    customId: string,
    values: readonly string[],
    o: InteractOptions = {},
  ): Promise<RemoteReply> {
    return this.#reply('select', { ...o, message: message.id, customId, values });
  }

  submitModal(modal: ModalShown, values: object, o: InteractOptions = {}): Promise<RemoteReply> {
    return this.#reply('submitModal', { ...o, modal, values });
  }

  message(o: {
    readonly as?: string;
    readonly channel?: string;
    readonly content?: string;
    readonly files?: readonly RemoteFile[];
    readonly replyTo?: string;
    readonly unchecked?: boolean;
  }): Promise<APIMessage> {
    return this.#ask('message', { ...o, files: (o.files ?? []).map(onWire) });
  }

  join(who: number | string, o: JoinOptions = {}): Promise<Id[]> {
    return this.#ask('join', { ...o, who });
  }

  /** People write so many messages a second, until told 0 or for `seconds`. */
  post(o: {
    readonly perSecond: number;
    readonly seconds?: number;
    readonly channel?: string;
    readonly contents?: readonly string[];
    readonly files?: readonly RemoteFile[];
  }): Promise<PostingProgress> {
    return this.#ask('post', { ...o, files: (o.files ?? []).map(onWire) });
  }

  posted(): Promise<PostingProgress> {
    return this.#ask('posted');
  }

  rest(
    method: string,
    path: string,
    o: { readonly as?: string; readonly body?: unknown; readonly reason?: string } = {},
  ): Promise<unknown> {
    return this.call('rest', { ...o, method, path });
  }

  /** Keeps a file in the sandbox, so that sending it again and again costs nothing on the way. */
  async upload(file: {
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly contentType?: string;
  }): Promise<RemoteFile> {
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ file: { file: 0 } }));
    form.set('files[0]', new Blob([new Uint8Array(file.bytes)], { type: file.contentType ?? '' }), file.name);
    const answer = await answerOf(await fetch(`${this.url}/sandbox/api/upload`, { method: 'POST', body: form }));
    return { upload: isRecord(answer) ? String(answer.upload) : '' };
  }

  async sample(name: string): Promise<{ name: string; contentType: string; bytes: Uint8Array }> {
    const response = await fetch(`${this.url}/sandbox/samples/${encodeURIComponent(name)}`);
    if (!response.ok) throw new SandboxError(`there is no sample "${name}"`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { name, contentType: response.headers.get('content-type') ?? 'application/octet-stream', bytes };
  }

  /** The fields of the verb `fault`; the answer lifts it, where it can be lifted. */
  async fault(fields: object): Promise<() => Promise<void>> {
    const answer = await this.call('fault', fields);
    const lift = isRecord(answer) ? answer.fault : undefined;
    return async () => {
      if (lift !== undefined) await this.call('fault', { lift });
    };
  }

  /** The first event, request or session change that fits, of those recorded (since `since`) or to come. */
  async waitFor(
    fits: (entry: Entry) => boolean,
    { deadlineMs = WAIT_MS, since = 0 }: WaitOptions = {},
  ): Promise<Entry> {
    const until = performance.now() + deadlineMs;
    for (let mark = since; ; ) {
      const left = until - performance.now();
      if (left <= 0) throw new SandboxError(`waited ${deadlineMs} ms, but nothing that fits was seen`);
      const next = await this.#ask<{ mark: number; entries: readonly Entry[] }>('journal', {
        since: mark,
        deadlineMs: Math.min(left, POLL_MS),
      });
      const found = next.entries.find(fits);
      if (found) return found;
      mark = next.mark;
    }
  }

  async #reply(verb: string, body: object): Promise<RemoteReply> {
    return this.#live(await this.#ask<ReplyView>(verb, body));
  }

  #live(view: ReplyView): RemoteReply {
    const until = async (
      fits: (reply: ReplyView) => boolean,
      { deadlineMs = WAIT_MS }: ReplyWait = {},
    ): Promise<RemoteReply> => {
      const end = performance.now() + deadlineMs;
      for (let now = view; ; ) {
        if (fits(now)) return this.#live(now);
        const left = Math.max(1, end - performance.now());
        now = await this.#ask<ReplyView>('reply', {
          interaction: view.interactionId,
          after: now.version,
          deadlineMs: left,
        });
      }
    };
    return { ...view, until };
  }
}

function isFile(value: unknown): value is RemoteFile {
  return isRecord(value);
}

function onWire(file: RemoteFile): object {
  if (!('bytes' in file)) return file;
  const { bytes, ...rest } = file;
  return { ...rest, base64: Buffer.from(bytes).toString('base64') };
}

async function answerOf(response: Response): Promise<unknown> {
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const error = isRecord(answer) && isRecord(answer.error) ? answer.error : {};
  throw new SandboxError(`${String(error.message ?? response.status)}`);
}
