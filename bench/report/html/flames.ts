import { type Flame, flameOfLabels } from '../../measure/flame.ts';
import { LABELS } from '../labels.ts';
import type { AckResult } from '../report.ts';
import { escapeHtml } from './escape.ts';

const WIDTH = 1_140;
const ROW = 20;
/** Of a picture a piece that is narrower than this is left out, and a name needs so much room a letter. */
const NARROWEST = 2;
const LETTER = 6.6;
const COLOURS = 6;

/** What ran while the event loop was over 5 ms late, as a picture for each mode that was late at all. */
export function renderFlames({ modes, rounds }: AckResult): string {
  return modes
    .flatMap(({ mode, late = [] }) => {
      if (late.length === 0) return [];
      const taken = rounds.flatMap((round) => (round.mode === mode ? (round.flame ?? []) : []));
      const [flame = flameOfLabels(late)] = taken.toSorted((a, b) => b.ms - a.ms);
      const times = late.reduce((sum, { count }) => sum + count, 0);
      const sum = late.reduce((all, { ms }) => all + ms, 0);
      const source = taken.length > 0 ? 'the functions, from a CPU profile of one round' : 'by what was under way';
      const title = `${LABELS[mode]}: ${times} times over 5 ms late, ${sum.toFixed(0)} ms in all; ${source}`;
      return `<figure class="flame"><figcaption>${escapeHtml(title)}</figcaption>${icicle(flame)}</figure>`;
    })
    .join('');
}

/** Callers above, what they called below; as wide as it took. */
function icicle(flame: Flame): string {
  const pieces: string[] = [];
  let depth = 0;
  const draw = (node: Flame, x: number, row: number) => {
    const width = flame.ms > 0 ? (node.ms / flame.ms) * WIDTH : 0;
    if (width < NARROWEST) return;
    depth = Math.max(depth, row + 1);
    pieces.push(piece(node, x, row, width, flame.ms));
    let next = x;
    for (const child of node.children) {
      draw(child, next, row + 1);
      next += (child.ms / flame.ms) * WIDTH;
    }
  };
  let x = 0;
  for (const child of flame.children) {
    draw(child, x, 0);
    x += (child.ms / flame.ms) * WIDTH;
  }
  const name = 'What ran while the event loop was late';
  return `<svg viewBox="0 0 ${WIDTH} ${depth * ROW}" role="img" aria-label="${name}">${pieces.join('')}</svg>`;
}

function piece({ name, ms }: Flame, x: number, row: number, width: number, all: number): string {
  const room = Math.floor((width - 8) / LETTER);
  const shown = name.length <= room ? name : room > 3 ? `${name.slice(0, room - 1)}…` : '';
  const told = `${name}: ${ms.toFixed(1)} ms, ${((100 * ms) / all).toFixed(0)} %`;
  return (
    `<g><title>${escapeHtml(told)}</title>` +
    `<rect class="piece c${colourOf(name)}" x="${x.toFixed(1)}" y="${row * ROW}" width="${Math.max(1, width - 1).toFixed(1)}" height="${ROW - 1}"/>` +
    `<text x="${(x + 4).toFixed(1)}" y="${row * ROW + 14}">${escapeHtml(shown)}</text></g>`
  );
}

/** The same name always has the same colour. */
function colourOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return sum % COLOURS;
}
