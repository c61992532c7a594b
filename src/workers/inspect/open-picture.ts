import { toWire } from '../../lib/errors.ts';
import { LimitError } from './budget.ts';
import { Links } from './links.ts';
import type { Opener, Opening } from './opener.ts';
import { formatOf } from './picture/formats.ts';
import { exifOf, metadataFacts } from './picture/metadata.ts';
import { hashesOf } from './picture/perceptual-hash.ts';
import type { Picture } from './picture/picture.ts';
import { type QrCode, qrCodesIn } from './picture/qr-codes.ts';
import { previewOf, upright, uprightSize, without } from './picture/thumbnail.ts';
import type { Thumbnail, View } from './picture/view.ts';
import { type LimitHit, type Report, reportOf } from './report.ts';
import { safeText } from './safe-text.ts';

/** Whoever scans one of these lets somebody else into their account. */
const LOGIN = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/ra\//i;

/** Pictures: what they say of themselves first, then, within the budget, how they look. */
export const openPicture: Opener = async (opening) => {
  const { bytes, budget } = opening;
  const format = formatOf(bytes);
  if (!format) return reportOf('unknown', 'application/octet-stream');
  const report = reportOf(format.type, format.mime);
  await within(report, async () => {
    const picture = format.read(bytes, { tick: () => budget.checkTime(), mostFrames: budget.left('frames') });
    const { facts, findings } = metadataFacts(picture.metadata, budget);
    report.facts.push(sizeOf(picture), ...facts);
    report.findings.push(...findings);
    report.strippable = picture.copy.differs;
    if (picture.problem !== undefined) broken(report, picture.problem);
    await within(report, async () => budget.take('frames', picture.frames));
    const look = looker(report, picture, format.title, opening);
    await within(report, () => picture.draw(budget, look));
    if (report.previews.length === 0 && report.limits.some(isTooLarge)) {
      await within(report, async () => {
        if (await picture.rough?.(budget, look))
          report.findings.push({ code: 'seen-roughly', level: 'unseen', params: {} });
      });
    }
  });
  return report;
};

function isTooLarge({ limit }: LimitHit): boolean {
  return limit === 'pixels' || limit === 'bytesOut';
}

/** What is thrown is said in the report, with what was seen until then. */
async function within(report: Report, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (error instanceof LimitError) report.limits.push(error.hit);
    else broken(report, toWire(error).message);
  }
}

/** Said once: the first reason is the cause of the others. */
function broken(report: Report, where: string): void {
  if (report.findings.some(({ code }) => code === 'broken')) return;
  report.findings.push({ code: 'broken', level: 'careful', params: { where: safeText(where, 200) } });
}

function sizeOf(picture: Picture): Report['facts'][number] {
  const { width, height } = uprightSize(picture, exifOf(picture.metadata).orientation);
  if (picture.frames === 1) return { label: 'dimensions', code: 'pixels', params: { width, height } };
  return { label: 'dimensions', code: 'movingPixels', params: { width, height, frames: picture.frames } };
}

/** Looks at one frame after another; the first of them is shown. */
function looker(report: Report, picture: Picture, title: string, opening: Opening) {
  const { budget } = opening;
  const { orientation } = exifOf(picture.metadata);
  return async (view: View): Promise<void> => {
    const thumbnail = view.thumbnail();
    // First of all, so that the shield knows the picture whatever becomes of the rest.
    const forget = addHashes(report, upright(thumbnail, orientation));
    if (report.previews.length === 0) {
      const alt = altOf(picture, title, orientation, thumbnail);
      report.previews.push(await previewOf(upright(thumbnail, orientation), alt));
    }
    budget.checkTime();
    const { codes, tooMany } = await qrCodesIn(view);
    if (tooMany) sayTooMany(report);
    if (codes.length === 0) return;
    sayCodes(report, codes, opening);
    forget();
    const places = codes.map(({ place }) => place);
    const rest = without(thumbnail, places);
    if (rest) addHashes(report, upright(rest, orientation));
  };
}

/** What a frame is known by, unless another of the picture is known by the same. Gives what takes it back. */
function addHashes({ hashes, croppedHashes }: Report, thumbnail: Thumbnail): () => void {
  const [known, knownCropped] = [hashes.length, croppedHashes.length];
  const made = hashesOf(thumbnail);
  if (made && !hashes.includes(made.hash)) {
    hashes.push(made.hash);
    croppedHashes.push(...made.cropped);
  }
  return () => {
    hashes.splice(known);
    croppedHashes.splice(knownCropped);
  };
}

/** Said once, whichever frame it is. */
function sayTooMany({ findings }: Report): void {
  if (findings.some(({ code }) => code === 'codes-unseen')) return;
  findings.push({ code: 'codes-unseen', level: 'unseen', params: {} });
}

/** Told to those who cannot see it. */
function altOf(picture: Picture, title: string, orientation: number, shown: { readonly width: number }): string {
  const { width, height } = uprightSize(picture, orientation);
  const what =
    picture.frames > 1 ? `The first of ${picture.frames} frames of a ${title} animation` : `A ${title} picture`;
  const smaller = shown.width < picture.width ? ', made smaller' : '';
  return `${what}, ${width} by ${height} pixels${smaller}`;
}

function sayCodes(report: Report, codes: readonly QrCode[], opening: Opening): void {
  const links = new Links(opening);
  const known = new Set<string | number | undefined>(
    report.facts.filter(({ label }) => label === 'qrCode').map(({ params }) => params.value),
  );
  for (const { text } of codes) {
    const value = safeText(text, 200);
    if (known.has(value)) continue;
    known.add(value);
    report.facts.push({ label: 'qrCode', code: 'plain', params: { value } });
    if (/^[a-z][a-z\d+.-]*:/i.test(text)) links.add(text);
    if (LOGIN.test(text)) report.findings.push({ code: 'login-code', level: 'dangerous', params: {} });
  }
  const found = links.report();
  report.links.push(...found.links.filter((link) => !report.links.includes(link)));
  report.findings.push(...found.findings);
}
