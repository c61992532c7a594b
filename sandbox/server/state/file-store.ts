import type { Id } from '../snowflake.ts';

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  readonly description?: string;
  /** Where the bot is told that it is, when somebody has meddled with that. */
  readonly url?: string;
}

/** Uploaded bytes by attachment id. Equal buffers count once; the oldest are dropped beyond the budget. */
export class FileStore {
  readonly #files = new Map<Id, UploadedFile>();
  readonly #uses = new Map<ArrayBufferLike, number>();
  readonly #budget: number;
  #bytes = 0;

  constructor(budget = 512 * 1024 * 1024) {
    this.#budget = budget;
  }

  get(id: Id): UploadedFile | undefined {
    return this.#files.get(id);
  }

  add(id: Id, file: UploadedFile): void {
    this.#files.set(id, file);
    const uses = this.#uses.get(file.bytes.buffer) ?? 0;
    this.#uses.set(file.bytes.buffer, uses + 1);
    if (uses === 0) this.#bytes += file.bytes.byteLength;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= this.#budget || oldest === id) return;
      this.#drop(oldest);
    }
  }

  #drop(id: Id): void {
    const file = this.#files.get(id);
    if (!file) return;
    this.#files.delete(id);
    const uses = (this.#uses.get(file.bytes.buffer) ?? 1) - 1;
    if (uses > 0) return void this.#uses.set(file.bytes.buffer, uses);
    this.#uses.delete(file.bytes.buffer);
    this.#bytes -= file.bytes.byteLength;
  }
}
