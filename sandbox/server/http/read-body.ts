import type { IncomingMessage } from 'node:http';
import { ApiError } from '../api-error.ts';
import type { NumberedFile } from './define-route.ts';

export interface Body {
  readonly json: unknown;
  readonly files: readonly NumberedFile[];
}

const LARGEST_REQUEST = 100 * 1024 * 1024;
const LARGEST_FILE = 10 * 1024 * 1024;

const tooLarge = () => new ApiError(413, 40005, 'Request entity too large');

/** Reads a request to its end, also when it is too large, so that the answer can be sent. */
async function readBytes(request: IncomingMessage, largest = LARGEST_REQUEST): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
  }
  if (size > largest) throw tooLarge();
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** The body of a REST request: JSON, or a form with `payload_json` and files. */
export async function readBody(request: IncomingMessage, o: { largestFile?: number } = {}): Promise<Body> {
  const bytes = await readBytes(request);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { json: undefined, files: [] };
  if (type.startsWith('multipart/form-data')) return readMultipart(bytes, type, o.largestFile ?? LARGEST_FILE);
  return { json: parseJson(bytes.toString('utf8')), files: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError(400, 50109, 'The request body contains invalid JSON.', { cause: String(cause) });
  }
}

async function readMultipart(bytes: Buffer, type: string, largest: number): Promise<Body> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch((cause: unknown) => {
      throw new ApiError(400, 50109, `The request body could not be read as a form: ${String(cause)}`);
    });
  const files: NumberedFile[] = [];
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form.entries()) {
    if (!isFile(value)) {
      fields[name] = value;
      continue;
    }
    if (value.size > largest) throw tooLarge();
    files.push({
      index: /^files\[(\d+)\]$/.exec(name)?.[1] ?? String(files.length),
      name: value.name || 'unknown',
      bytes: new Uint8Array(await value.arrayBuffer()),
      ...(value.type && value.type !== 'application/octet-stream' && { contentType: value.type }),
    });
  }
  const { payload_json: payload, ...rest } = fields;
  return { json: typeof payload === 'string' ? parseJson(payload) : rest, files };
}

/** The two runtimes' declarations of FormData differ in what an entry may be. */
function isFile(value: unknown): value is File {
  return value instanceof Blob;
}
