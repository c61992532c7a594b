import type { AreaValue } from '../settings/areas.ts';
import type { Inspecting } from './inspector.ts';

const MEGABYTE = 1_000_000;

/** A server's limits as the inspector counts them. */
export function limitsOf(files: AreaValue<'files'>): Pick<Inspecting, 'download' | 'limits'> {
  return {
    download: { maxBytes: files.maxMegabytes * MEGABYTE, deadlineMs: files.downloadSeconds * 1_000 },
    limits: {
      bytesOut: files.unpackedMegabytes * MEGABYTE,
      entries: files.entries,
      depth: files.depth,
      pixels: files.megapixels * MEGABYTE,
      frames: files.frames,
      pages: files.pages,
      rows: files.rows,
      milliseconds: files.openingMilliseconds,
    },
  };
}
