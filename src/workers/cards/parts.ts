import { pixelsOnly } from '../png.ts';

export const COLOURS = { ground: '#1e1f22', groove: '#3a3c42', bar: '#6f97ea', ink: '#f2f3f5', faint: '#b5bac1' };

const MOST_PIXELS = 512 * 512;
/** Of a letter, in parts of its height: nothing here can measure them. */
const WIDTH_OF_LETTER = 0.72;

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Somebody's picture as a PNG in a circle; their first letters stand in its place where there is none, or it cannot be read. */
export function portrait(avatar: Uint8Array | undefined, name: string, { x, y, radius }: Circle): string {
  const checked = avatar && readable(avatar);
  if (checked) {
    const at = `x="${x - radius}" y="${y - radius}" width="${2 * radius}" height="${2 * radius}"`;
    return `<clipPath id="round"><circle cx="${x}" cy="${y}" r="${radius}"/></clipPath>
<image ${at} clip-path="url(#round)" preserveAspectRatio="xMidYMid slice" href="data:image/png;base64,${Buffer.from(checked).toString('base64')}"/>`;
  }
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${COLOURS.groove}"/>
<text x="${x}" y="${y + 22}" font-size="60" text-anchor="middle">${escaped(initialsOf(name))}</text>`;
}

/** How large a line may be so that it stays within a width. */
export function sizeWithin(text: string, width: number, largest: number): number {
  return Math.min(largest, Math.floor(width / (Math.max(1, [...text].length) * WIDTH_OF_LETTER)));
}

/** What a drawing cannot hold is left out. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
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
