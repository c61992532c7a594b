import { clip, type Reader, render, t, type Words } from './words.ts';

/** How many of these texts, one a line, there is room for, from the first or from the last on; one at least. */
function countFitting(lines: readonly string[], room: number, from: 'first' | 'last' = 'first'): number {
  const inOrder = from === 'first' ? lines : lines.toReversed();
  let taken = 0;
  const beyond = inOrder.findIndex((line) => {
    taken += line.length + 1;
    return taken - 1 > room;
  });
  return beyond === -1 ? lines.length : Math.max(1, beyond);
}

export interface PageRoom {
  /** Never more on a page, however short they are. */
  readonly most: number;
  /** Letters. */
  readonly room: number;
  /** At which end of what was found the page begins. */
  readonly from: 'first' | 'last';
}

/** What a page shows of what was found for it: the next page begins behind the last of these. */
export function fitPage<T>(
  found: readonly T[],
  textOf: (one: T) => string,
  { most, room, from }: PageRoom,
): readonly T[] {
  const nearest = from === 'first' ? found.slice(0, most) : found.slice(-most);
  const fitting = countFitting(nearest.map(textOf), room, from);
  return from === 'first' ? nearest.slice(0, fitting) : nearest.slice(nearest.length - fitting);
}

/** Texts one a line. Where there is no room for all of them the last line says how many are left out. */
export function fitLines(lines: readonly string[], room: number, reader: Reader): string {
  const count = countFitting(lines, room);
  if (count === lines.length) return lines.join('\n');
  const fitting = countFitting(lines, room - moreText(lines.length, reader).length - 1);
  const last = moreText(lines.length - fitting, reader);
  return `${clip(lines.slice(0, fitting).join('\n'), Math.max(1, room - last.length - 1))}\n${last}`;
}

type Field = readonly [label: Words, value: Words];

/** Fields one a line. Of lists that are too long the first parts are shown, and how many more there are. */
export function fitFields(fields: readonly Field[], room: number, reader: Reader): string {
  const lines = fields.map((field) => fieldText(field, reader));
  for (const { field, at } of longestLists(fields, lines)) {
    const over = lines.join('\n').length - room;
    if (over <= 0) break;
    lines[at] = fitList(field, Math.max(0, (lines[at]?.length ?? 0) - over), reader);
  }
  return fitLines(lines, room, reader);
}

function fieldText([label, value]: Field, reader: Reader): string {
  return `**${render(label, reader)}** ${render(value, reader)}`;
}

function longestLists(fields: readonly Field[], lines: readonly string[]) {
  return fields
    .map((field, at) => ({ field, at }))
    .filter(({ field: [, value] }) => typeof value === 'object' && 'list' in value)
    .sort((a, b) => (lines[b.at]?.length ?? 0) - (lines[a.at]?.length ?? 0));
}

function fitList([label, value]: Field, room: number, reader: Reader): string {
  const all = typeof value === 'object' && 'list' in value ? value.list : [value];
  for (let shown = all.length - 1; shown > 0; shown -= 1) {
    const more = t('answers.more', { count: all.length - shown });
    const text = fieldText([label, { list: [...all.slice(0, shown), more] }], reader);
    if (text.length <= room || shown === 1) return text;
  }
  return fieldText([label, value], reader);
}

function moreText(count: number, reader: Reader): string {
  return render(t('answers.more', { count }), reader);
}
