import { SandboxError } from './api-error.ts';
import type { Id } from './snowflake.ts';
import type { UploadedFile } from './state/file-store.ts';

export interface PostingOptions {
  /** Messages a second; 0 stops. */
  readonly perSecond: number;
  /** Default: until stopped. */
  readonly seconds?: number;
  readonly channel?: string;
  /** Taken in turn. Default: some small talk. */
  readonly contents?: readonly string[];
  readonly files?: readonly UploadedFile[];
}

export interface PostingProgress {
  readonly posting: boolean;
  readonly sent: number;
}

const TALK = [
  'Has anyone seen the new build?',
  'The ferry is late again, see https://example.com/ferry for the times.',
  'I think we should meet at nine.',
  'ok',
  'Thanks everybody, that was a good evening!',
  'Where do I find the rules?',
];
const STEP_MS = 10;

/** People who write at a steady rate. What a step could not send in time is made up for in the next. */
export class Posting implements Disposable {
  readonly #say: (author: Id, channel: string, content: string, files: readonly UploadedFile[]) => void;
  readonly #people: () => readonly Id[];
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;

  constructor(
    people: () => readonly Id[],
    say: (author: Id, channel: string, content: string, files: readonly UploadedFile[]) => void,
  ) {
    this.#people = people;
    this.#say = say;
  }

  get progress(): PostingProgress {
    return { posting: this.#timer !== undefined, sent: this.#sent };
  }

  start(o: PostingOptions): PostingProgress {
    this.stop();
    if (o.perSecond === 0) return this.progress;
    const people = this.#people();
    if (people.length === 0) throw new SandboxError('there is nobody to write');
    const contents = o.contents && o.contents.length > 0 ? o.contents : TALK;
    const most = o.seconds === undefined ? Number.POSITIVE_INFINITY : Math.round(o.perSecond * o.seconds);
    const from = performance.now();
    this.#sent = 0;
    this.#timer = setInterval(() => {
      const due = Math.min(most, Math.floor(((performance.now() - from) / 1_000) * o.perSecond));
      for (; this.#sent < due; this.#sent++) {
        const author = people[this.#sent % people.length] ?? '';
        this.#say(author, o.channel ?? 'general', contents[this.#sent % contents.length] ?? '', o.files ?? []);
      }
      if (this.#sent >= most) this.stop();
    }, STEP_MS);
    return this.progress;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}
