import type { Budget } from '../budget.ts';
import type { Fact, Finding } from '../report.ts';
import { safeText } from '../safe-text.ts';
import { type Exif, readExif } from './exif.ts';
import { isProfile, profileIn, textOf } from './metadata-text.ts';
import type { Metadata } from './picture.ts';
import { readXmp } from './xmp.ts';

const SHOWN = 200;
const MOST_COMMENTS = 5;
const MOST_PROFILES = 4;

/** What a picture tells beside its pixels, and what of it its owner may not know that it tells. */
export function metadataFacts(
  metadata: readonly Metadata[],
  budget: Budget,
): { readonly facts: Fact[]; readonly findings: Finding[] } {
  const texts = metadata.filter((one) => one.kind === 'text');
  const profiles = texts.filter(isProfile).slice(0, MOST_PROFILES);
  const exif = exifOf([...metadata, ...profiles.flatMap((text) => profileIn(text, budget) ?? [])]);
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
  const comments = texts.filter((text) => !isProfile(text)).slice(0, MOST_COMMENTS);
  for (const text of comments) plain('comment', textOf(text, budget));
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
