import { FONT, fontBytes, rasterize } from '../chart/rasterize.ts';
import { nameDrawn } from './name-drawn.ts';
import { COLOURS, escaped, portrait, sizeWithin } from './parts.ts';

/** What a card of somebody's level says; words are given as they are to be read. */
export interface RankCard {
  /** What they are called, and the name of their account, should the font lack letters of the first. */
  readonly name: string;
  readonly account: string;
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
const PICTURE = { x: 120, y: 120, radius: 80 };
const TEXT = { left: 232, right: 840 };
const BAR = { top: 158, height: 34 };
const LARGEST_NAME = 38;

/** A card with somebody's picture, their level, their place, and a bar to the next level. */
export async function drawRankCard(card: RankCard) {
  const name = nameDrawn([card.name, card.account], await fontBytes());
  return { png: await rasterize(svgOf({ ...card, name })), ...SIZE };
}

function svgOf({ name, level, place, points, share, avatar }: RankCard): string {
  const width = TEXT.right - TEXT.left;
  const filled = Math.round(width * Math.min(1, Math.max(0, share)));
  const groove = `x="${TEXT.left}" y="${BAR.top}" height="${BAR.height}" rx="${BAR.height / 2}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" font-family="${FONT}" fill="${COLOURS.ink}">
<defs>
<clipPath id="groove"><rect ${groove} width="${width}"/></clipPath>
</defs>
<rect width="100%" height="100%" rx="24" fill="${COLOURS.ground}"/>
${portrait(avatar, name, PICTURE)}
<text x="${TEXT.left}" y="76" font-size="${sizeWithin(name, width, LARGEST_NAME)}">${escaped(name)}</text>
<text x="${TEXT.left}" y="128" font-size="26">${escaped(level)}</text>
<text x="${TEXT.right}" y="128" font-size="26" text-anchor="end" fill="${COLOURS.faint}">${escaped(place)}</text>
<rect ${groove} width="${width}" fill="${COLOURS.groove}"/>
<rect x="${TEXT.left}" y="${BAR.top}" height="${BAR.height}" width="${filled}" fill="${COLOURS.bar}" clip-path="url(#groove)"/>
<text x="${TEXT.right}" y="222" font-size="18" text-anchor="end" fill="${COLOURS.faint}">${escaped(points)}</text>
</svg>`;
}
