import { FONT, rasterize } from '../chart/rasterize.ts';
import { pixelsOnly } from '../png.ts';

/** What a card of somebody's level says; words are given as they are to be read. */
export interface RankCard {
  readonly name: string;
  readonly level: string;
  readonly place: string;
  readonly points: string;
  /** How far it is to the next level, from 0 to 1. */
  readonly share: number;
  /** Their picture as a PNG; their first letters stand in its place where there is none, or it cannot be read. */
  readonly avatar?: Uint8Array;
}

/** Pixels. */
const SIZE = { width: 880, height: 240 };
const PICTURE = { centre: 120, radius: 80 };
const TEXT = { left: 232, right: 840 };
const BAR = { top: 158, height: 34 };
const MOST_PIXELS = 512 * 512;
const LARGEST_NAME = 38;
/** Of a letter, in parts of its height: nothing here can measure them. */
const WIDTH_OF_LETTER = 0.72;
const COLOURS = { ground: '#1e1f22', groove: '#3a3c42', bar: '#6f97ea', ink: '#f2f3f5', faint: '#b5bac1' };

/** A card with somebody's picture, their level, their place, and a bar to the next level. */
export async function drawRankCard(card: RankCard) {
  return { png: await rasterize(svgOf(card, pictureOf(card))), ...SIZE };
}

function svgOf({ name, level, place, points, share }: RankCard, picture: string): string {
  const width = TEXT.right - TEXT.left;
  const filled = Math.round(width * Math.min(1, Math.max(0, share)));
  const letters = [...name].length;
  const size = Math.min(LARGEST_NAME, Math.floor(width / (Math.max(1, letters) * WIDTH_OF_LETTER)));
  const groove = `x="${TEXT.left}" y="${BAR.top}" height="${BAR.height}" rx="${BAR.height / 2}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" font-family="${FONT}" fill="${COLOURS.ink}">
<defs>
<clipPath id="round"><circle cx="${PICTURE.centre}" cy="${PICTURE.centre}" r="${PICTURE.radius}"/></clipPath>
<clipPath id="groove"><rect ${groove} width="${width}"/></clipPath>
</defs>
<rect width="100%" height="100%" rx="24" fill="${COLOURS.ground}"/>
${picture}
<text x="${TEXT.left}" y="76" font-size="${size}">${escaped(name)}</text>
<text x="${TEXT.left}" y="128" font-size="26">${escaped(level)}</text>
<text x="${TEXT.right}" y="128" font-size="26" text-anchor="end" fill="${COLOURS.faint}">${escaped(place)}</text>
<rect ${groove} width="${width}" fill="${COLOURS.groove}"/>
<rect x="${TEXT.left}" y="${BAR.top}" height="${BAR.height}" width="${filled}" fill="${COLOURS.bar}" clip-path="url(#groove)"/>
<text x="${TEXT.right}" y="222" font-size="18" text-anchor="end" fill="${COLOURS.faint}">${escaped(points)}</text>
</svg>`;
}

function pictureOf({ avatar, name }: RankCard): string {
  const { centre, radius } = PICTURE;
  const checked = avatar && readable(avatar);
  if (checked) {
    const at = `x="${centre - radius}" y="${centre - radius}" width="${2 * radius}" height="${2 * radius}"`;
    return `<image ${at} clip-path="url(#round)" preserveAspectRatio="xMidYMid slice" href="data:image/png;base64,${Buffer.from(checked).toString('base64')}"/>`;
  }
  return `<circle cx="${centre}" cy="${centre}" r="${radius}" fill="${COLOURS.groove}"/>
<text x="${centre}" y="${centre + 22}" font-size="60" text-anchor="middle">${escaped(initialsOf(name))}</text>`;
}

/** Whatever a picture is made to unpack to, it is known before it is drawn. */
function readable(avatar: Uint8Array): Uint8Array | undefined {
  try {
    return pixelsOnly(avatar, MOST_PIXELS);
  } catch {
    return undefined; // their first letters do
  }
}

/** The first letters of the first two words. */
function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}

/** What a drawing cannot hold is left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
