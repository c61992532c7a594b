import { FONT, fontBytes, rasterize } from '../chart/rasterize.ts';
import { nameDrawn } from './name-drawn.ts';
import { COLOURS, escaped, portrait, sizeWithin } from './parts.ts';

/** What a card of welcome says; words are given as they are to be read. */
export interface WelcomeCard {
  /** What they are called, and the name of their account, should the font lack letters of the first. */
  readonly name: string;
  readonly account: string;
  readonly greeting: string;
  readonly count: string;
  /** Their picture as a PNG; their first letters stand in its place where there is none, or it cannot be read. */
  readonly avatar?: Uint8Array;
}

/** Pixels. */
const SIZE = { width: 880, height: 240 };
const PICTURE = { x: 120, y: 120, radius: 80 };
const TEXT = { left: 232, right: 840 };

/** A card with somebody's picture and name, a greeting, and which member they are. */
export async function drawWelcomeCard({ name, account, greeting, count, avatar }: WelcomeCard) {
  const width = TEXT.right - TEXT.left;
  const font = await fontBytes();
  const shown = nameDrawn([name, account], font);
  const above = nameDrawn([greeting], font);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" font-family="${FONT}" fill="${COLOURS.ink}">
<rect width="100%" height="100%" rx="24" fill="${COLOURS.ground}"/>
${portrait(avatar, shown, PICTURE)}
<text x="${TEXT.left}" y="82" font-size="${sizeWithin(above, width, 26)}" fill="${COLOURS.faint}">${escaped(above)}</text>
<text x="${TEXT.left}" y="140" font-size="${sizeWithin(shown, width, 48)}">${escaped(shown)}</text>
<rect x="${TEXT.left}" y="160" width="${width}" height="4" rx="2" fill="${COLOURS.bar}"/>
<text x="${TEXT.left}" y="202" font-size="22" fill="${COLOURS.faint}">${escaped(count)}</text>
</svg>`;
  return { png: await rasterize(svg), ...SIZE };
}
