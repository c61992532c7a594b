import type { Report } from '../report.ts';
import { readGif } from './gif.ts';
import { readJpeg } from './jpeg.ts';
import type { Picture, Walk } from './picture.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

type Format = Extract<Report['type'], 'gif' | 'jpeg' | 'png' | 'webp'>;

/** The pictures that can be opened. */
const FORMATS = {
  gif: { mime: 'image/gif', title: 'GIF', read: readGif, starts: ['GIF87a', 'GIF89a'] },
  jpeg: { mime: 'image/jpeg', title: 'JPEG', read: readJpeg, starts: ['\xff\xd8\xff'] },
  png: { mime: 'image/png', title: 'PNG', read: readPng, starts: ['\x89PNG\r\n\x1a\n'] },
  webp: { mime: 'image/webp', title: 'WebP', read: readWebp, starts: ['RIFF'] },
} satisfies Record<
  Format,
  { mime: string; title: string; read: (bytes: Uint8Array, walk: Walk) => Picture; starts: string[] }
>;

/** The format of a file by its first bytes; undefined when it is no picture that can be opened. */
export function formatOf(bytes: Uint8Array): ({ readonly type: Format } & (typeof FORMATS)[Format]) | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  for (const type of ['gif', 'jpeg', 'png', 'webp'] as const) {
    if (type === 'webp' && head.slice(8) !== 'WEBP') continue;
    if (FORMATS[type].starts.some((start) => head.startsWith(start))) return { type, ...FORMATS[type] };
  }
  return undefined;
}
