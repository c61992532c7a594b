import { BotError } from '../../../lib/errors.ts';
import type { Budget } from '../budget.ts';
import type { Copy } from './copy.ts';
import type { View } from './view.ts';

/** A picture does not hold what its format asks for. */
export class BrokenPictureError extends BotError {}

/** Something a picture says beside its pixels. */
export type Metadata =
  /** A TIFF block: camera, date, place, orientation. */
  | { readonly kind: 'exif'; readonly bytes: Uint8Array }
  /** XML of Adobe's. */
  | { readonly kind: 'xmp'; readonly bytes: Uint8Array }
  /** A text; `packed` ones are deflated. */
  | { readonly kind: 'text'; readonly name: string; readonly bytes: Uint8Array; readonly packed: boolean };

/** What walking through a file without decoding anything tells. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 for a still; all are counted, also those beyond the limit of frames. */
  readonly frames: number;
  /** The first few of each kind. */
  readonly metadata: readonly Metadata[];
  /** The file without its metadata. */
  readonly copy: Copy;
  /** Where the picture ends; what stands behind it is no part of it. */
  readonly end: number;
  /** Why it could not be followed to its end. */
  readonly problem: string | undefined;
  /** Decodes the first frame and the middle one. Throws LimitError before it costs too much, BrokenPictureError. */
  readonly draw: (budget: Budget, show: (view: View) => Promise<void>) => Promise<void>;
  /** For stills whose pixels need not be in memory together: shows one that is too large to be drawn. False where that is too much, too. */
  readonly rough?: ((budget: Budget, show: (view: View) => Promise<void>) => Promise<boolean>) | undefined;
}

/** What a walk may cost: `tick` is called in every loop over a stranger's data and throws when the time is up. */
export interface Walk {
  readonly tick: () => void;
  /** How many frames are remembered, so that they can be drawn. */
  readonly mostFrames: number;
}

/** So much metadata of a file is looked at. */
export const MOST_METADATA = 64;

/** The frame in the middle: the second of two, the first of one. */
export function middleOf(frames: number): number {
  return Math.floor(frames / 2);
}
