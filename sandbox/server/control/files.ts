import { randomUUID } from 'node:crypto';
import { SandboxError } from '../api-error.ts';
import type { NumberedFile } from '../http/define-route.ts';
import { isRecord, present } from '../http/form.ts';
import type { Sample } from '../seeds/samples.ts';
import { contentTypeOf } from '../state/attachments.ts';
import type { UploadedFile } from '../state/file-store.ts';

const MOST_UPLOADS = 1_000;

/** Files in the verbs' JSON: inline, a part of the form, a sample, or one uploaded before. */
export class ControlFiles {
  readonly #samples: ReadonlyMap<string, Sample>;
  readonly #uploads = new Map<string, UploadedFile>();

  constructor(samples: ReadonlyMap<string, Sample>) {
    this.#samples = samples;
  }

  keep(file: UploadedFile): string {
    if (this.#uploads.size >= MOST_UPLOADS) throw new SandboxError(`at most ${MOST_UPLOADS} uploads are kept`);
    const id = randomUUID();
    this.#uploads.set(id, file);
    return id;
  }

  read(value: unknown, parts: readonly NumberedFile[]): UploadedFile {
    if (!isRecord(value)) throw new SandboxError('a file is { name, base64 }, { sample }, { upload } or { file }');
    const { name, contentType, base64, sample, upload, file } = value;
    const renamed = present({
      name: typeof name === 'string' ? name : undefined,
      contentType: typeof contentType === 'string' ? contentType : undefined,
    });
    if (typeof base64 === 'string') {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      const type = renamed.contentType ?? contentTypeOf(renamed.name ?? '');
      return { name: renamed.name ?? 'file', bytes, ...present({ contentType: type }) };
    }
    const found =
      typeof sample === 'string'
        ? this.#samples.get(sample)
        : typeof upload === 'string'
          ? this.#uploads.get(upload)
          : parts.find(({ index }) => index === String(file));
    if (!found) throw new SandboxError(`there is no such file: ${JSON.stringify(value).slice(0, 100)}`);
    return { name: found.name, bytes: found.bytes, ...present({ contentType: found.contentType }), ...renamed };
  }

  readAll(value: unknown, parts: readonly NumberedFile[]): UploadedFile[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw new SandboxError('files is a list');
    return value.map((one: unknown) => this.read(one, parts));
  }
}
