import type { Budget } from '../budget.ts';
import type { Parts } from './package.ts';
import type { Relations } from './relations.ts';
import type { Surroundings } from './surroundings.ts';
import { unescaped } from './xml.ts';

export interface Sheet {
  readonly name: string;
  readonly state: string;
  readonly path: string;
}

/** The sheets that a workbook names, in its order, and whether it counts days from 1904 on. */
export function sheetsOf(parts: Parts, relations: Relations, workbook: string) {
  const sheets: Sheet[] = [];
  let from1904 = false;
  parts.xml(workbook, {
    open: ({ name, get }) => {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(get('date1904') ?? '');
      if (name !== 'sheet') return;
      const path = relations.get(workbook, get('id'))?.path ?? '';
      sheets.push({ name: get('name') ?? '', state: get('state') ?? 'visible', path });
    },
  });
  return { sheets, from1904 };
}

const ROW = /<(?:[A-Za-z]\w{0,20}:)?row[\s>/]/g;
const LINK_FORMULA =
  /HYPERLINK\((?:"|&quot;)([^"&<]{1,2000}(?:&amp;[^"&<]{0,500}){0,20})(?:"|&quot;)(?:,(?:"|&quot;)([^"&<]{0,200}))?/gi;
const LINK = /<(?:[A-Za-z]\w{0,20}:)?hyperlink\s([^<>]{1,3000})>/g;
const MOST_LINKED = 10_000;

/** Counts the rows of a sheet. */
export function countRows(text: string, budget: Budget): number {
  let rows = 0;
  for (const _ of text.matchAll(ROW)) if (++rows % 4_096 === 0) budget.checkTime();
  return rows;
}

/** Judges the links of a sheet, and gives those of its cells by where they stand: what a cell shows is found elsewhere. */
export function linksOf(text: string, path: string, { links, relations }: Surroundings): ReadonlyMap<string, string> {
  const linked = new Map<string, string>();
  for (const [, target, shown] of text.matchAll(LINK_FORMULA))
    links.add((target ?? '').replaceAll('&amp;', '&'), shown);
  for (const [, attributes = ''] of text.matchAll(LINK)) {
    const value = (name: string) =>
      unescaped(new RegExp(`(?:^|[\\s:])${name}="([^"]{0,500})"`).exec(attributes)?.[1] ?? '');
    const target = relations.target(path, value('id'));
    if (target === '') continue;
    links.add(target, value('display'));
    const [place = ''] = value('ref').split(':');
    if (linked.size < MOST_LINKED) linked.set(place, target);
  }
  return linked;
}
