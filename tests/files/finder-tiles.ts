import { quickPng } from './quick-png.ts';

interface Tiles {
  /** Pixels. */
  readonly module?: number;
  readonly inverted?: boolean;
  /** Modules by which each row of them begins further right than the one above. */
  readonly staggered?: number;
}

/** The pattern in the corners of a QR code, seven modules wide, and the space around it. */
const [PATTERN, PITCH] = [7, 9];

/** A square picture in grey, one byte a pixel, tiled with the patterns by which readers find QR codes. */
export function finderTiles(side: number, { module = 1, inverted = false, staggered = 0 }: Tiles = {}): Uint8Array {
  const [dark, light] = inverted ? [255, 0] : [0, 255];
  const pixels = new Uint8Array(side * side).fill(light);
  for (let y = 0; y < side; y++) {
    const down = Math.floor(y / module);
    const shift = (Math.floor(down / PITCH) * staggered) % PITCH;
    for (let x = 0; x < side; x++) {
      const [column, row] = [(Math.floor(x / module) + PITCH - shift) % PITCH, down % PITCH];
      const ring = Math.max(Math.abs(column - 3), Math.abs(row - 3));
      if (column < PATTERN && row < PATTERN && ring !== 2) pixels[y * side + x] = dark;
    }
  }
  return pixels;
}

/** The same as a PNG of some kilobytes. */
export function tiledPng(side: number, tiles: Tiles = {}): Uint8Array {
  return quickPng({ width: side, height: side, data: finderTiles(side, tiles) });
}
