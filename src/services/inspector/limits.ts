import type { Config } from '../../config.ts';
import type { AreaValue } from '../settings/areas.ts';
import type { FileLimit } from '../settings/file-limits.ts';
import type { Inspecting } from './inspector.ts';

const MEGABYTE = 1_000_000;

type Caps = Pick<Config, 'FILES_MAX_MEGAPIXELS' | 'FILES_MAX_UNPACKED_MEGABYTES'>;

/** The most that the operator lets servers set, of the limits that cost memory. */
export function capsOf(config: Caps): Partial<Record<FileLimit, number>> {
  return { megapixels: config.FILES_MAX_MEGAPIXELS, unpackedMegabytes: config.FILES_MAX_UNPACKED_MEGABYTES };
}

/** A server's settings as far as the operator lets them count, whatever was set before. */
export function capped(files: AreaValue<'files'>, config: Caps): AreaValue<'files'> {
  const { FILES_MAX_MEGAPIXELS, FILES_MAX_UNPACKED_MEGABYTES } = config;
  return {
    ...files,
    megapixels: Math.min(files.megapixels, FILES_MAX_MEGAPIXELS),
    unpackedMegabytes: Math.min(files.unpackedMegabytes, FILES_MAX_UNPACKED_MEGABYTES),
  };
}

/** A server's limits as the inspector counts them. */
export function limitsOf(set: AreaValue<'files'>, config: Caps): Pick<Inspecting, 'download' | 'limits'> {
  const files = capped(set, config);
  return {
    download: { maxBytes: files.maxMegabytes * MEGABYTE, deadlineMs: files.downloadSeconds * 1_000 },
    limits: {
      bytesOut: files.unpackedMegabytes * MEGABYTE,
      entries: files.entries,
      depth: files.depth,
      pixels: files.megapixels * MEGABYTE,
      roughPixels: config.FILES_MAX_MEGAPIXELS * MEGABYTE,
      frames: files.frames,
      pages: files.pages,
      rows: files.rows,
      milliseconds: files.openingMilliseconds,
    },
  };
}
