import { randomBelow } from '../../lib/random.ts';
import { FONT, rasterize } from '../chart/rasterize.ts';
import { COLOURS } from './parts.ts';

/** Pixels. */
const SIZE = { width: 360, height: 130 };
const LINES = 7;
const DOTS = 60;

/** Letters as a picture that people read more easily than programs do: each turned and moved, behind lines. */
export async function drawCaptcha({ letters }: { readonly letters: string }) {
  const all = [...letters];
  const step = SIZE.width / (all.length + 1);
  const drawn = all.map((letter, at) => letterAt(letter, step * (at + 1)));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" font-family="${FONT}" fill="${COLOURS.ink}">
<rect width="100%" height="100%" fill="${COLOURS.ground}"/>
${Array.from({ length: DOTS }, dot).join('')}
${drawn.join('')}
${Array.from({ length: LINES }, line).join('')}
</svg>`;
  return { png: await rasterize(svg), ...SIZE };
}

function letterAt(letter: string, x: number): string {
  const [size, y, turn, lean] = [between(50, 66), between(78, 98), between(-28, 28), between(-14, 14)];
  return `<text transform="translate(${x} ${y}) rotate(${turn}) skewX(${lean})" font-size="${size}" text-anchor="middle">${letter}</text>`;
}

function line(): string {
  const { width, height } = SIZE;
  const points = [0, between(60, width - 60), width].map((x) => `${x} ${between(10, height - 10)}`);
  return `<path d="M ${points[0]} Q ${points[1]} ${points[2]}" fill="none" stroke="${COLOURS.faint}" stroke-width="${between(1, 3)}"/>`;
}

function dot(): string {
  return `<circle cx="${between(0, SIZE.width)}" cy="${between(0, SIZE.height)}" r="${between(1, 3)}" fill="${COLOURS.groove}"/>`;
}

/** A whole number, either end included. */
function between(least: number, most: number): number {
  return least + randomBelow(most - least + 1);
}
