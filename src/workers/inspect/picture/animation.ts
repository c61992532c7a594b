import type { Budget } from '../budget.ts';
import { middleOf } from './picture.ts';
import { type Size, type View, viewOf } from './view.ts';

/** A frame of an animation: a rectangle of pixels, and what is done with it. */
export interface Frame extends Size {
  readonly x: number;
  readonly y: number;
  /** Over what is there already, or instead of it. */
  readonly blend: 'over' | 'instead';
  /** What is left of it when the next one comes. */
  readonly after: 'keep' | 'clear' | 'restore';
  readonly transparent: boolean;
  /** Decodes it: red, green, blue, alpha. Its pixels have been taken from the budget. */
  readonly rgba: (budget: Budget) => Promise<Uint8Array | Uint8ClampedArray>;
}

type Show = (view: View) => Promise<void>;

/** Shows the first frame and the middle one; where the way there is too long, the last one before it, and then throws LimitError. */
export async function drawAnimation(size: Size, frames: readonly Frame[], budget: Budget, show: Show): Promise<void> {
  const pixels = size.width * size.height;
  budget.take('pixels', pixels);
  budget.take('bytesOut', pixels * 8);
  await show(viewOf(await composed(size, frames.slice(0, 1), budget), size, budget));
  const middle = middleOf(frames.length);
  if (middle === 0) return;
  budget.take('pixels', pixels);
  const way = frames.slice(beginningOf(size, frames, middle), middle + 1);
  const near = affordable(way, budget);
  await show(viewOf(await composed(size, way.slice(0, near), budget), size, budget));
  if (near < way.length)
    budget.take(
      'pixels',
      way.slice(near).reduce((sum, frame) => sum + frame.width * frame.height, 0),
    );
}

/** The last frame up to `until` that needs none of those before it. */
function beginningOf(size: Size, frames: readonly Frame[], until: number): number {
  const covers = ({ x, y, width, height }: Frame) => x === 0 && y === 0 && width >= size.width && height >= size.height;
  for (let at = until; at > 0; at--) {
    const [before, frame] = [frames[at - 1], frames[at]];
    if (frame && covers(frame) && (frame.blend === 'instead' || !frame.transparent)) return at;
    if (before && covers(before) && before.after === 'clear') return at;
  }
  return 0;
}

/** How many frames can be paid for. */
function affordable(frames: readonly Frame[], budget: Budget): number {
  let left = budget.left('pixels');
  const count = frames.findIndex(({ width, height }) => {
    left -= width * height;
    return left < 0;
  });
  return count === -1 ? frames.length : Math.max(1, count);
}

/** What is to be seen when the last of the frames is shown. */
async function composed(size: Size, frames: readonly Frame[], budget: Budget): Promise<Uint8ClampedArray> {
  const canvas = new Uint8ClampedArray(size.width * size.height * 4);
  for (const [index, frame] of frames.entries()) {
    budget.take('pixels', frame.width * frame.height);
    const last = index === frames.length - 1;
    const saved = frame.after === 'restore' && !last ? canvas.slice() : undefined;
    paint(canvas, size, frame, await frame.rgba(budget));
    if (last) break;
    if (saved) canvas.set(saved);
    else if (frame.after === 'clear') clear(canvas, size, frame);
  }
  return canvas;
}

function paint(canvas: Uint8ClampedArray, size: Size, frame: Frame, rgba: Uint8Array | Uint8ClampedArray): void {
  const width = Math.min(frame.width, size.width - frame.x);
  const height = Math.min(frame.height, size.height - frame.y);
  for (let row = 0; row < height && width > 0; row++) {
    const from = row * frame.width * 4;
    const to = ((frame.y + row) * size.width + frame.x) * 4;
    if (frame.blend === 'instead' || !frame.transparent) canvas.set(rgba.subarray(from, from + width * 4), to);
    else for (let at = 0; at < width * 4; at += 4) blend(canvas, to + at, rgba, from + at);
  }
}

/** One pixel over another. */
function blend(canvas: Uint8ClampedArray, to: number, rgba: Uint8Array | Uint8ClampedArray, from: number): void {
  const alpha = rgba[from + 3] ?? 0;
  if (alpha === 0) return;
  const below = ((canvas[to + 3] ?? 0) * (255 - alpha)) / 255;
  const whole = alpha + below;
  for (let colour = 0; colour < 3; colour++) {
    canvas[to + colour] = ((rgba[from + colour] ?? 0) * alpha + (canvas[to + colour] ?? 0) * below) / whole;
  }
  canvas[to + 3] = whole;
}

function clear(canvas: Uint8ClampedArray, size: Size, frame: Frame): void {
  const width = Math.min(frame.width, size.width - frame.x);
  for (let row = frame.y; row < Math.min(size.height, frame.y + frame.height) && width > 0; row++) {
    const from = (row * size.width + frame.x) * 4;
    canvas.fill(0, from, from + width * 4);
  }
}
