import { join, le16, le32 } from './picture-bytes.ts';

export interface ExifFacts {
  readonly make?: string;
  readonly model?: string;
  readonly taken?: string;
  readonly orientation?: number;
  /** Degrees, minutes, seconds. */
  readonly place?: {
    readonly latitude: readonly number[];
    readonly south?: boolean;
    readonly longitude: readonly number[];
    readonly west?: boolean;
  };
}

/** A TIFF block as cameras write it, the most significant byte last. */
export function exif({ make, model, taken, orientation, place }: ExifFacts): Uint8Array {
  const data: Uint8Array[] = [];
  let used = 0;
  const store = (bytes: Uint8Array, from: number) => {
    data.push(bytes);
    used += bytes.length;
    return from + used - bytes.length;
  };
  const text = (value: string) => ({ type: 2, count: value.length + 1, bytes: join(value, [0]) });
  const short = (value: number) => ({ type: 3, count: 1, bytes: join(le16(value), [0, 0]) });
  const long = (value: number) => ({ type: 4, count: 1, bytes: join(le32(value)) });
  const fractions = (values: readonly number[]) => ({
    type: 5,
    count: values.length,
    bytes: join(...values.map((value) => join(le32(Math.round(value * 100)), le32(100)))),
  });
  type Entry = readonly [tag: number, value: ReturnType<typeof text>];
  const sizeOf = (count: number) => 2 + count * 12 + 4;
  const inner: Entry[] = taken ? [[0x9003, text(taken)]] : [];
  const gps: Entry[] = place
    ? [
        [1, text(place.south ? 'S' : 'N')],
        [2, fractions(place.latitude)],
        [3, text(place.west ? 'W' : 'E')],
        [4, fractions(place.longitude)],
      ]
    : [];
  const count = [make, model, orientation, taken, place].filter((value) => value !== undefined).length;
  const innerAt = 8 + sizeOf(count);
  const gpsAt = innerAt + sizeOf(inner.length);
  const dataAt = gpsAt + sizeOf(gps.length);
  const main: Entry[] = [
    ...(make ? [[0x10f, text(make)] as const] : []),
    ...(model ? [[0x110, text(model)] as const] : []),
    ...(orientation ? [[0x112, short(orientation)] as const] : []),
    ...(taken ? [[0x8769, long(innerAt)] as const] : []),
    ...(place ? [[0x8825, long(gpsAt)] as const] : []),
  ];
  const directory = (entries: readonly Entry[]) =>
    join(
      le16(entries.length),
      ...entries.map(([tag, { type, count: values, bytes }]) =>
        join(
          le16(tag),
          le16(type),
          le32(values),
          bytes.length <= 4 ? join(bytes, Array(4 - bytes.length).fill(0)) : le32(store(bytes, dataAt)),
        ),
      ),
      le32(0),
    );
  const directories = [directory(main), directory(inner), directory(gps)];
  return join('II', le16(42), le32(8), ...directories, ...data);
}

export function jpegSegment(marker: number, data: Uint8Array): Uint8Array {
  return join([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255], data);
}

/** Puts segments behind the beginning of a JPEG file. */
export function withSegments(file: Uint8Array, ...segments: readonly Uint8Array[]): Uint8Array {
  return join(file.subarray(0, 2), ...segments, file.subarray(2));
}
