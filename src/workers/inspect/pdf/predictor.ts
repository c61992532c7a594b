interface Rows {
  readonly columns: number;
  readonly colours: number;
  readonly bits: number;
}

/** Undoes the differences that a row was packed as: 2 as TIFF has it (whole bytes only), 10 and up as PNG has it. */
export function unpredict(bytes: Uint8Array, predictor: number, { columns, colours, bits }: Rows): Uint8Array {
  const step = Math.max(1, Math.ceil((colours * bits) / 8));
  const width = Math.ceil((columns * colours * bits) / 8);
  if (!(width > 0 && width <= bytes.length + 1 && step <= width)) return bytes;
  return predictor === 2 ? fromTiff(bytes, width, step) : fromPng(bytes, width, step);
}

function fromTiff(bytes: Uint8Array, width: number, step: number): Uint8Array {
  const out = bytes.slice();
  for (let at = 0; at < out.length; at++) {
    if (at % width >= step) out[at] = (out[at] ?? 0) + (out[at - step] ?? 0);
  }
  return out;
}

function fromPng(bytes: Uint8Array, width: number, step: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = row * (width + 1);
    const to = row * width;
    const kind = bytes[from];
    for (let at = 0; at < width; at++) {
      const left = at >= step ? (out[to + at - step] ?? 0) : 0;
      const up = row > 0 ? (out[to + at - width] ?? 0) : 0;
      const corner = row > 0 && at >= step ? (out[to + at - width - step] ?? 0) : 0;
      out[to + at] = (bytes[from + 1 + at] ?? 0) + guess(kind, left, up, corner);
    }
  }
  return out;
}

function guess(kind: number | undefined, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
