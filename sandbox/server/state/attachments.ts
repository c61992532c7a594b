import type { APIAttachment } from 'discord-api-types/v10';
import type { Id } from '../snowflake.ts';
import type { UploadedFile } from './file-store.ts';
import type { State } from './state.ts';

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  log: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
  zip: 'application/zip',
};

export function contentTypeOf(name: string): string | undefined {
  return TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
}

/** Stores an upload and describes it as an attachment of a message in `channel`. */
export function storeAttachment(state: State, channel: Id, file: UploadedFile, ephemeral = false): APIAttachment {
  const id = state.ids.next();
  state.files.add(id, file);
  const name = file.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_') || 'unknown';
  const place = ephemeral ? 'ephemeral-attachments' : 'attachments';
  const own = `${state.baseUrl}/${place}/${channel}/${id}/${encodeURIComponent(name)}?ex=ffffffff&is=0&hm=sandbox&`;
  const url = file.url ?? own;
  const contentType = file.contentType ?? contentTypeOf(name);
  return {
    id,
    filename: name,
    size: file.bytes.byteLength,
    url,
    proxy_url: url,
    ...(contentType !== undefined && { content_type: contentType }),
    ...(file.description !== undefined && { description: file.description }),
    ...(contentType?.startsWith('image/') && sizeOfImage(file.bytes)),
    ...(ephemeral && { ephemeral }),
  };
}

/** Width and height as the header claims them (PNG, GIF and JPEG), which is also all that Discord shows before decoding. */
function sizeOfImage(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) {
    return { width: view.getInt32(16) & 0x7fffffff, height: view.getInt32(20) & 0x7fffffff };
  }
  if (bytes.length > 10 && view.getUint32(0) === 0x47494638) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xc3) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return undefined;
}
