import { dataView } from './data-view.ts';

/** What an EXIF block says, as far as anybody wants to know it. Texts are a stranger's. */
export interface Exif {
  readonly make?: string;
  readonly model?: string;
  readonly software?: string;
  readonly artist?: string;
  readonly taken?: string;
  /** 1 to 8; 1 is upright. */
  readonly orientation: number;
  readonly place?: { readonly latitude: number; readonly longitude: number };
}

const MOST_ENTRIES = 512;
const MOST_TEXT = 200;
/** Bytes a value of a type takes: byte, text, short, long, rational, ..., signed long, signed rational. */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

const TAGS = { make: 0x10f, model: 0x110, orientation: 0x112, software: 0x131, date: 0x132, artist: 0x13b } as const;
const DIRECTORIES = { exif: 0x8769, gps: 0x8825 } as const;
const TAKEN = 0x9003;
const GPS = { northOrSouth: 1, latitude: 2, eastOrWest: 3, longitude: 4 } as const;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its value stands. */
  readonly at: number;
}

/** Reads a TIFF block. What makes no sense in it is left out; nothing is thrown. */
export function readExif(bytes: Uint8Array): Exif {
  const block = blockOf(bytes);
  if (!block) return { orientation: 1 };
  const main = block.directory(block.first);
  const inner = block.directory(block.number(main.get(DIRECTORIES.exif)));
  const gps = block.directory(block.number(main.get(DIRECTORIES.gps)));
  const orientation = block.number(main.get(TAGS.orientation)) ?? 1;
  const texts = {
    make: block.text(main.get(TAGS.make)),
    model: block.text(main.get(TAGS.model)),
    software: block.text(main.get(TAGS.software)),
    artist: block.text(main.get(TAGS.artist)),
    taken: block.text(inner.get(TAKEN)) ?? block.text(main.get(TAGS.date)),
  };
  const [latitude, longitude] = [block.degrees(gps.get(GPS.latitude)), block.degrees(gps.get(GPS.longitude))];
  const south = block.text(gps.get(GPS.northOrSouth)) === 'S';
  const west = block.text(gps.get(GPS.eastOrWest)) === 'W';
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text)),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    ...(latitude !== undefined &&
      longitude !== undefined && {
        place: { latitude: south ? -latitude : latitude, longitude: west ? -longitude : longitude },
      }),
  };
}

/** The readers of a TIFF block, for its byte order; undefined when it is none. */
function blockOf(bytes: Uint8Array) {
  if (bytes.length < 14) return undefined;
  const view = dataView(bytes);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  if (view.getUint16(2, little) !== 42) return undefined;

  const directory = (at: number | undefined): ReadonlyMap<number, Entry> => {
    const entries = new Map<number, Entry>();
    if (at === undefined || at + 2 > bytes.length) return entries;
    const count = Math.min(view.getUint16(at, little), MOST_ENTRIES);
    for (let place = at + 2; place + 12 <= bytes.length && place < at + 2 + count * 12; place += 12) {
      const [type, values] = [view.getUint16(place + 2, little), view.getUint32(place + 4, little)];
      const size = (SIZES[type] ?? 0) * values;
      const value = size > 4 ? view.getUint32(place + 8, little) : place + 8;
      if (size > 0 && value + size <= bytes.length) {
        entries.set(view.getUint16(place, little), { type, count: values, at: value });
      }
    }
    return entries;
  };
  const number = (entry: Entry | undefined): number | undefined => {
    if (entry?.type === 3) return view.getUint16(entry.at, little);
    return entry?.type === 4 ? view.getUint32(entry.at, little) : undefined;
  };
  const text = (entry: Entry | undefined): string | undefined => {
    if (entry?.type !== 2) return undefined;
    const raw = bytes.subarray(entry.at, entry.at + Math.min(entry.count, MOST_TEXT));
    const end = raw.indexOf(0);
    return new TextDecoder().decode(end === -1 ? raw : raw.subarray(0, end)).trim() || undefined;
  };
  /** Degrees, minutes and seconds, each a fraction. */
  const degrees = (entry: Entry | undefined): number | undefined => {
    if (entry?.type !== 5 || entry.count < 1) return undefined;
    let sum = 0;
    for (let part = 0; part < Math.min(entry.count, 3); part++) {
      const [over, under] = [
        view.getUint32(entry.at + part * 8, little),
        view.getUint32(entry.at + part * 8 + 4, little),
      ];
      if (under > 0) sum += over / under / 60 ** part;
      else if (part === 0) return undefined;
    }
    return sum <= 180 ? sum : undefined;
  };
  return { first: view.getUint32(4, little), directory, number, text, degrees };
}

/** The smallest block that says which side is up. */
export function orientationOnly(orientation: number): Uint8Array {
  const header = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Uint8Array.from([...header, 0, 1, ...entry, 0, 0, 0, 0]);
}
