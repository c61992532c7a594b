import { Canvas, type Pixels } from './canvas.ts';

/** What people, and those who hide from a block list, do to a picture. */

/** A picture in another size: the mean of four points a pixel, each between its neighbours. */
function resampled(pixels: Pixels, size: Pick<Pixels, 'width' | 'height'>): Pixels {
  const across = pointsOf(size.width, pixels.width);
  const down = pointsOf(size.height, pixels.height);
  const row = size.width * 4;
  const narrow = new Float64Array(row * pixels.height);
  for (let y = 0; y < pixels.height; y++) {
    for (let x = 0; x < size.width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        narrow[y * row + x * 4 + channel] = meanAt(pixels.data, y * pixels.width * 4 + channel, 4, across, x);
      }
    }
  }
  const canvas = new Canvas(size.width, size.height);
  for (let y = 0; y < size.height; y++) {
    for (let at = 0; at < row; at++) canvas.data[y * row + at] = meanAt(narrow, at, row, down, y);
  }
  return canvas;
}

/** Two points for each of a row's new pixels: the pixel before them, the one behind, and how near they are to that. */
interface Points {
  readonly before: Int32Array;
  readonly behind: Int32Array;
  readonly share: Float64Array;
}

/** Of `count` new pixels, which lie where `length` old ones are. */
function pointsOf(count: number, length: number): Points {
  const places = Float64Array.from({ length: count * 2 }, (_, point) =>
    Math.min(Math.max(((point / 2 + 0.25) / count) * length - 0.5, 0), length - 1),
  );
  const before = Int32Array.from(places);
  const behind = before.map((pixel) => Math.min(pixel + 1, length - 1));
  return { before, behind, share: places.map((place, point) => place - (before[point] ?? 0)) };
}

/** The mean of a new pixel's two points in one row or column of values, `step` from one another. */
function meanAt(
  values: Uint8ClampedArray | Float64Array,
  from: number,
  step: number,
  { before, behind, share }: Points,
  pixel: number,
): number {
  let sum = 0;
  for (let point = pixel * 2; point < pixel * 2 + 2; point++) {
    const near = share[point] ?? 0;
    const first = values[from + (before[point] ?? 0) * step] ?? 0;
    sum += first + ((values[from + (behind[point] ?? 0) * step] ?? 0) - first) * near;
  }
  return sum / 2;
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
