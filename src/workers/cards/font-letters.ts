/** A run of letters, by their code points. */
interface Run {
  readonly first: number;
  readonly last: number;
}

const runsOf = new WeakMap<Uint8Array, readonly Run[]>();

/** Tells whether a font has a letter. It is read once; its table is one of plain runs (format 12), as our own font has it. */
export function lettersOf(font: Uint8Array): (point: number) => boolean {
  const runs = runsOf.get(font) ?? readRuns(font);
  runsOf.set(font, runs);
  return (point) => runs.some(({ first, last }) => first <= point && point <= last);
}

function readRuns(font: Uint8Array): readonly Run[] {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = Array.from({ length: view.getUint16(4) }, (_, at) => 12 + at * 16);
  const cmap = tables.find((at) => tag(view, at) === 'cmap');
  if (cmap === undefined) return [];
  const start = view.getUint32(cmap + 8);
  const maps = Array.from(
    { length: view.getUint16(start + 2) },
    (_, at) => start + view.getUint32(start + 4 + at * 8 + 4),
  );
  const map = maps.find((at) => view.getUint16(at) === 12);
  if (map === undefined) return [];
  return Array.from({ length: view.getUint32(map + 12) }, (_, at) => {
    const run = map + 16 + at * 12;
    return { first: view.getUint32(run), last: view.getUint32(run + 4) };
  });
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
}
