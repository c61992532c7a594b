import type { Exif } from './exif.ts';

const MOST = 65_536;

/** What Adobe's XML says of the same things as EXIF: its few attributes are looked for, the XML is not parsed. */
export function readXmp(bytes: Uint8Array): Pick<Exif, 'place' | 'software' | 'taken'> {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST));
  const [latitude, longitude] = [
    degreesOf(attributeOf(text, 'exif:GPSLatitude')),
    degreesOf(attributeOf(text, 'exif:GPSLongitude')),
  ];
  const software = attributeOf(text, 'xmp:CreatorTool');
  const taken = attributeOf(text, 'exif:DateTimeOriginal') ?? attributeOf(text, 'xmp:CreateDate');
  return {
    ...(software && { software }),
    ...(taken && { taken }),
    ...(latitude !== undefined && longitude !== undefined && { place: { latitude, longitude } }),
  };
}

/** `name="..."` or `<name>...</name>`. */
function attributeOf(text: string, name: string): string | undefined {
  const at = text.indexOf(name);
  if (at === -1) return undefined;
  return /^(?:\s{0,9}=\s{0,9}["']|>)([^"'<]{1,200})/
    .exec(text.slice(at + name.length, at + name.length + 300))?.[1]
    ?.trim();
}

/** Such as `48,51.5N` or `48,51,30N`. */
function degreesOf(value: string | undefined): number | undefined {
  const [, degrees, minutes, seconds = '0', side] =
    /^(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}))?([NSEW])$/.exec(value ?? '') ?? [];
  if (degrees === undefined) return undefined;
  const sum = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3_600;
  return side === 'S' || side === 'W' ? -sum : sum;
}
