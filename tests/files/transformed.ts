import { Canvas, type Pixels } from './canvas.ts';

/** What people, and those who hide from a block list, do to a picture. */

/** The part of a picture that lies within, as a picture of another size: the mean of four points a pixel, each between its neighbours. */
function resampled(
  pixels: Pixels,
  size: Pick<Pixels, 'width' | 'height'>,
  part = { left: 0, top: 0, right: 0, bottom: 0 },
): Pixels {
  const canvas = new Canvas(size.width, size.height);
  const width = pixels.width * (1 - part.left - part.right);
  const height = pixels.height * (1 - part.top - part.bottom);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const sums = [0, 0, 0, 0];
      for (const [dx, dy] of [
        [0.25, 0.25],
        [0.75, 0.25],
        [0.25, 0.75],
        [0.75, 0.75],
      ] as const) {
        const column = part.left * pixels.width + ((x + dx) / size.width) * width - 0.5;
        const row = part.top * pixels.height + ((y + dy) / size.height) * height - 0.5;
        addPoint(sums, pixels, column, row);
      }
      canvas.data.set(
        sums.map((sum) => sum / 4),
        (y * size.width + x) * 4,
      );
    }
  }
  return canvas;
}

function addPoint(sums: number[], { data, width, height }: Pixels, column: number, row: number): void {
  const [x, y] = [Math.min(Math.max(column, 0), width - 1), Math.min(Math.max(row, 0), height - 1)];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const [across, down] = [x - left, y - top];
  for (let channel = 0; channel < 4; channel++) {
    const at = (px: number, py: number) => data[(py * width + px) * 4 + channel] ?? 0;
    const upper = at(left, top) * (1 - across) + at(right, top) * across;
    const lower = at(left, bottom) * (1 - across) + at(right, bottom) * across;
    sums[channel] = (sums[channel] ?? 0) + upper * (1 - down) + lower * down;
  }
}

export function resized(pixels: Pixels, factor: number, stretch = 1): Pixels {
  return resampled(pixels, {
    width: Math.round(pixels.width * factor),
    height: Math.round(pixels.height * factor * stretch),
  });
}

/** So many times as wide and as high, every pixel a square of them: what is quickly made of millions of pixels. */
export function enlarged({ data, width, height }: Pixels, times: number): Pixels {
  const canvas = new Canvas(width * times, height * times);
  const [from, to] = [new Uint32Array(data.buffer), new Uint32Array(canvas.data.buffer)];
  for (let y = 0; y < height; y++) {
    const first = y * times * canvas.width;
    for (let x = 0; x < width; x++) to.fill(from[y * width + x] ?? 0, first + x * times, first + (x + 1) * times);
    for (let row = 1; row < times; row++) to.copyWithin(first + row * canvas.width, first, first + canvas.width);
  }
  return canvas;
}

/** Cuts parts of its width and height off, to the nearest pixel. */
export function cropped(pixels: Pixels, { left = 0, top = 0, right = 0, bottom = 0 }): Pixels {
  const start = { x: Math.round(pixels.width * left), y: Math.round(pixels.height * top) };
  const end = { x: Math.round(pixels.width * (1 - right)), y: Math.round(pixels.height * (1 - bottom)) };
  const canvas = new Canvas(end.x - start.x, end.y - start.y);
  for (let y = start.y; y < end.y; y++) {
    const row = pixels.data.subarray((y * pixels.width + start.x) * 4, (y * pixels.width + end.x) * 4);
    canvas.data.set(row, (y - start.y) * canvas.width * 4);
  }
  return canvas;
}

export function recoloured(
  pixels: Pixels,
  change: (red: number, green: number, blue: number) => readonly number[],
): Pixels {
  const canvas = new Canvas(pixels.width, pixels.height);
  for (let at = 0; at < pixels.data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 255] = pixels.data.subarray(at, at + 4);
    canvas.data.set([...change(red, green, blue), alpha], at);
  }
  return canvas;
}

/** Turned so that a viewer who heeds `orientation` sees the picture as it was. */
export function turned(pixels: Pixels, orientation: number): Pixels {
  const sideways = orientation > 4;
  const canvas = new Canvas(sideways ? pixels.height : pixels.width, sideways ? pixels.width : pixels.height);
  for (let y = 0; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++) {
      const [right, down] = [pixels.width - 1 - x, pixels.height - 1 - y];
      // Where the stored rows begin and run to, as EXIF numbers it.
      const [column, row] = [
        [x, y],
        [x, y],
        [right, y],
        [right, down],
        [x, down],
        [y, x],
        [y, right],
        [down, right],
        [down, x],
      ][orientation] ?? [x, y];
      const from = (y * pixels.width + x) * 4;
      canvas.data.set(pixels.data.subarray(from, from + 4), ((row ?? 0) * canvas.width + (column ?? 0)) * 4);
    }
  }
  return canvas;
}
