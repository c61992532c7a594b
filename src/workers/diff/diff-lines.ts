import { type Change, Changes } from './changes.ts';
import { type Lines, lineAt, numbered } from './lines.ts';

/** Two versions of a text, compared line by line. */
export interface LineDiff {
  /** A unified diff, without the heading that names the files. */
  readonly lines: string[];
  /** Lines of the diff that are not in `lines`. */
  readonly more: number;
  readonly added: number;
  readonly removed: number;
  /** False: some lines that could have stayed are told as replaced, because there was not the time to find out. */
  readonly fewest: boolean;
}

interface Version {
  readonly text: string;
  /** What is shown instead: the same lines in the same places, with secrets masked. */
  readonly shown: string;
}

const CONTEXT = 3;

/** Ends of lines are not compared, only what is in them. `over` says that the time is up; `tick` may throw. */
export function diffLines(
  before: Version,
  after: Version,
  { most, over, tick }: { readonly most: number; readonly over: () => boolean; readonly tick: () => void },
): LineDiff {
  const [old, fresh] = numbered(before.text, after.text, tick);
  const { changes, fewest } = new Changes(old, fresh, over).run();
  const lines: string[] = [];
  let all = 0;
  for (const hunk of hunksOf(changes)) {
    for (const line of linesOfHunk(hunk, { old, fresh, before: before.shown, after: after.shown }, most - all)) {
      lines.push(line);
    }
    all += sizeOf(hunk, old.length);
  }
  const sum = (count: (change: Change) => number) => changes.reduce((total, change) => total + count(change), 0);
  return {
    lines,
    more: all - lines.length,
    added: sum(({ newFrom, newTo }) => newTo - newFrom),
    removed: sum(({ oldFrom, oldTo }) => oldTo - oldFrom),
    fewest,
  };
}

type Hunk = readonly [Change, ...Change[]];

/** Changes whose surroundings touch are shown together. */
function hunksOf(changes: readonly Change[]): Hunk[] {
  const hunks: [Change, ...Change[]][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    if (last && change.oldFrom - (last.at(-1)?.oldTo ?? 0) <= CONTEXT * 2) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function extentOf(hunk: Hunk, oldLength: number) {
  const last = hunk.at(-1) ?? hunk[0];
  const lead = Math.min(CONTEXT, hunk[0].oldFrom);
  const trail = Math.min(CONTEXT, oldLength - last.oldTo);
  return { lead, trail, last };
}

/** Lines of the diff that a hunk takes. */
function sizeOf(hunk: Hunk, oldLength: number): number {
  const { lead, trail, last } = extentOf(hunk, oldLength);
  const added = hunk.reduce((total, { newFrom, newTo }) => total + newTo - newFrom, 0);
  return 1 + lead + (last.oldTo - hunk[0].oldFrom) + added + trail;
}

interface Shown {
  readonly old: Lines;
  readonly fresh: Lines;
  readonly before: string;
  readonly after: string;
}

/** The first `most` of a hunk's lines. */
function* linesOfHunk(
  hunk: Hunk,
  { old, fresh, before, after }: Shown,
  most: number,
): Generator<string, void, undefined> {
  const { lead, trail, last } = extentOf(hunk, old.length);
  const [first] = hunk;
  let left = most;
  const [oldStart, newStart] = [first.oldFrom - lead, first.newFrom - lead];
  const [oldCount, newCount] = [last.oldTo + trail - oldStart, last.newTo + trail - newStart];
  if (left-- > 0) yield `@@ -${placed(oldStart, oldCount)} +${placed(newStart, newCount)} @@`;
  const kept = (from: number, to: number) => range(' ', before, old, from, to);
  let at = oldStart;
  for (const { oldFrom, oldTo, newFrom, newTo } of hunk) {
    const parts = [
      kept(at, oldFrom),
      range('-', before, old, oldFrom, oldTo),
      range('+', after, fresh, newFrom, newTo),
    ];
    for (const part of parts)
      for (const line of part)
        if (left-- > 0) yield line;
        else return;
    at = oldTo;
  }
  for (const line of kept(at, at + trail)) if (left-- > 0) yield line;
}

/** From 1; where there are no lines, the line before. */
function placed(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function* range(
  sign: string,
  text: string,
  { starts }: Lines,
  from: number,
  to: number,
): Generator<string, void, undefined> {
  for (let line = from; line < to; line++) yield sign + lineAt(text, starts[line] ?? 0);
}
