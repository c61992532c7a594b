import { BlackAndWhite, type Grey, thirdOf } from './black-and-white.ts';

/** The reader scans every third row: the middle of the smallest pattern is three pixels high. */
const ROWS = 3;
/** Beyond this the reader looks at a third of the picture as well. */
const LARGE = 500;

/**
 * How many finder patterns, the squares in the corners of a QR code, a picture seems to have: in one pass, whatever is in
 * it, and counting no further than `most`. The reader of codes compares each of them with all others, so that a picture
 * tiled with them holds it for seconds. Patterns are counted as the reader takes them, rather more than fewer.
 */
export function countFinderPatterns(grey: Grey, most: number): number {
  let count = 0;
  for (let layer = grey; ; layer = thirdOf(layer)) {
    const inLayer = countIn(new BlackAndWhite(layer), most);
    count = Math.max(count, inLayer);
    if (count >= most || Math.max(layer.width, layer.height) <= LARGE) return count;
  }
}

function countIn(picture: BlackAndWhite, most: number): number {
  const { width, height } = picture;
  // By column, the last row in which a pattern had its middle there: the same one goes over several rows.
  const seen = new Int32Array(width).fill(-2 * ROWS);
  const runs = new Uint32Array(width);
  let count = 0;
  for (let y = ROWS - 1; y < height; y += ROWS) {
    eachHit(runs, picture.runs(y, runs), (x, size) => {
      if (!crosses(picture, x, y, size)) return;
      if ((seen[x] ?? 0) < y - ROWS) count++;
      seen.fill(y, Math.max(0, x - (size >> 3)), x + (size >> 3) + 1);
    });
    if (count >= most) return most;
  }
  return count;
}

/** Where five runs of a row, black first or white first, are those through the middle of a pattern. */
function eachHit(runs: Uint32Array, count: number, hit: (x: number, size: number) => void): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let run = 0, start = 0; run < count; run++) {
    const e = runs[run] ?? 0;
    if (a > 0 && isFinder(a, b, c, d, e)) hit(start - d - ((c + 1) >> 1), a + b + c + d + e);
    a = b;
    b = c;
    c = d;
    d = e;
    start += e;
  }
}

/** Whether the column through the middle says the same, in a pattern that may be stretched. */
function crosses(picture: BlackAndWhite, x: number, y: number, size: number): boolean {
  const colour = picture.at(x, y);
  const far = 3 * size;
  const runs = (step: number): readonly [number, number, number] => {
    const lengths: [number, number, number] = [0, 0, 0];
    let at = y;
    for (const part of [0, 1, 2] as const) {
      const wanted = part === 1 ? 1 - colour : colour;
      while (at >= 0 && at < picture.height && Math.abs(at - y) <= far && picture.at(x, at) === wanted) {
        lengths[part]++;
        at += step;
      }
    }
    return lengths;
  };
  const [up, down] = [runs(-1), runs(1)];
  return up[2] > 0 && down[2] > 0 && isFinder(up[2], up[1], up[0] + down[0] - 1, down[1], down[2]);
}

/** Whether they are as 1:1:3:1:1, told by the distances between edges of the same kind: ink spreads. */
function isFinder(a: number, b: number, c: number, d: number, e: number): boolean {
  if (c < 2 * Math.max(a, e) || c < Math.max(b, d)) return false;
  const module = (a + b + c + d + e) / 7;
  const off = module * 0.75 + 0.5;
  return (
    Math.abs(a + b - 2 * module) <= off &&
    Math.abs(b + c - 4 * module) <= off &&
    Math.abs(c + d - 4 * module) <= off &&
    Math.abs(d + e - 2 * module) <= off
  );
}
