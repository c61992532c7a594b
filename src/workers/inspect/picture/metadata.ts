import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { Fact, Finding } from '../report.ts';
import { safeText } from '../safe-text.ts';
import { type Exif, readExif } from './exif.ts';
import type { Metadata } from './picture.ts';
import { readXmp } from './xmp.ts';

const unpack = promisify(inflate);
const SHOWN = 200;
const MOST_TEXT = 65_536;
const MOST_COMMENTS = 5;

/** What a picture tells beside its pixels, and what of it its owner may not know that it tells. */
export async function metadataFacts(metadata: readonly Metadata[]): Promise<{ facts: Fact[]; findings: Finding[] }> {
  const exif = exifOf(metadata);
  const camera = [exif.make, exif.model].filter(
    (part, index, [make]) => part && (index === 0 ? !exif.model?.startsWith(part) : make !== undefined || part),
  );
  const facts: Fact[] = [];
  const plain = (label: Fact['label'], value: string | undefined) => {
    if (value) facts.push({ label, code: 'plain', params: { value: safeText(value, SHOWN) } });
  };
  plain('camera', camera.join(' '));
  plain('taken', exif.taken?.replace(/^(\d{4}):(\d\d):(\d\d)/, '$1-$2-$3'));
  plain('software', exif.software);
  plain('author', exif.artist);
  const findings: Finding[] = [];
  if (exif.place) {
    findings.push({ code: 'location-inside', level: 'careful', params: {} });
    facts.push({ label: 'location', code: 'coordinates', params: rounded(exif.place) });
  }
  for (const text of metadata.filter(({ kind }) => kind === 'text').slice(0, MOST_COMMENTS))
    plain('comment', await textOf(text));
  return { facts, findings };
}

/** The first block that says something says it for all. */
export function exifOf(metadata: readonly Metadata[]): Exif {
  let exif: Exif = { orientation: 1 };
  for (const { kind, bytes } of metadata) {
    if (kind === 'exif')
      exif = {
        ...readExif(bytes),
        ...exif,
        orientation: exif.orientation === 1 ? readExif(bytes).orientation : exif.orientation,
      };
    else if (kind === 'xmp') exif = { ...readXmp(bytes), ...exif };
  }
  return exif;
}

/** To a tenth of a degree, about ten kilometres: the warning must not tell what it warns of. */
function rounded({ latitude, longitude }: NonNullable<Exif['place']>): Fact['params'] {
  return { latitude: latitude.toFixed(1), longitude: longitude.toFixed(1) };
}

async function textOf(text: Metadata): Promise<string> {
  if (text.kind !== 'text') return '';
  const bytes = text.packed
    ? await unpack(text.bytes, { maxOutputLength: MOST_TEXT }).catch(() => new Uint8Array())
    : text.bytes;
  const value = new TextDecoder().decode(bytes.subarray(0, MOST_TEXT)).trim();
  return value && text.name ? `${text.name}: ${value}` : value;
}
