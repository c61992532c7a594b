import type { PdfDocument } from './document.ts';
import { type Dict, nameOf, textOf, type Value } from './values.ts';

/** A text that begins somewhere on a page. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface PageLink {
  readonly target: string;
  /** Left, bottom, right, top. */
  readonly box: readonly [number, number, number, number];
}

const MOST_LINKS = 500;
/** Boxes are often drawn as high as the letters alone. */
const SLACK = 2;

/** The places of a page that lead to an address. */
export function linksOn(page: Dict, doc: PdfDocument): readonly PageLink[] {
  const annotations = doc.resolve(page.get('Annots'));
  if (!Array.isArray(annotations)) return [];
  return annotations.slice(0, MOST_LINKS).flatMap((one: Value) => {
    const link = doc.dict(one);
    if (!link || nameOf(doc.resolve(link.get('Subtype'))) !== 'Link') return [];
    const target = textOf(doc.resolve(doc.dict(link.get('A'))?.get('URI') ?? null));
    const corners = doc.resolve(link.get('Rect'));
    const [a, b, c, d] = Array.isArray(corners) ? corners.map((corner: Value) => doc.resolve(corner)) : [];
    if (!target || typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number')
      return [];
    return [{ target, box: [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] as const }];
  });
}

/** The text that begins within a link's box: what people read before they click. */
export function shownAt({ box: [left, bottom, right, top] }: PageLink, spots: readonly Spot[]): string {
  return spots
    .filter(({ x, y }) => x >= left - SLACK && x < right && y >= bottom - SLACK && y <= top)
    .map(({ text }) => text)
    .join('');
}
