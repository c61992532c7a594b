import { type Static, Type } from '@sinclair/typebox';
import type { LateTurn } from '../bots/watch-protocol.ts';

/** What browsers' tools call a CPU profile, as far as it is read here. Times in microseconds. */
export const CpuProfile = Type.Object({
  nodes: Type.Array(
    Type.Object({
      id: Type.Integer(),
      callFrame: Type.Object({ functionName: Type.String(), url: Type.String(), lineNumber: Type.Number() }),
      children: Type.Optional(Type.Array(Type.Integer())),
    }),
  ),
  samples: Type.Array(Type.Integer()),
  /** From the sample before, or from the start. */
  timeDeltas: Type.Array(Type.Number()),
});
export type CpuProfile = Static<typeof CpuProfile>;

/** What ran, for how many milliseconds, and what it called. */
export interface Flame {
  readonly name: string;
  readonly ms: number;
  readonly children: readonly Flame[];
}

interface Growing {
  readonly name: string;
  ms: number;
  readonly children: Map<string, Growing>;
}

const US_PER_MS = 1_000;
/** A sample stands for no more than this: the next may only come when something runs again. */
const MOST_MS = 5;
/** What takes less of the whole is not drawn. */
const LEAST_SHARE = 1 / 200;
const DEEPEST = 40;
const NOT_RUNNING = new Set(['(root)', '(idle)', '(program)']);

/** What the main thread ran while its loop was late, by what was charged with it. `profiledFrom` as the watch tells it. */
export function flameOf(profile: CpuProfile, profiledFrom: number, late: readonly LateTurn[]): Flame {
  const stackOf = stacks(profile);
  const root = growing('late');
  const turns = late.toSorted((a, b) => a.at - b.at);
  let turn = 0;
  let at = profiledFrom;
  for (const [index, id] of profile.samples.entries()) {
    const delta = (profile.timeDeltas[index] ?? 0) / US_PER_MS;
    at += delta;
    while (turn < turns.length && (turns[turn]?.at ?? 0) < at) turn++;
    const within = turns[turn];
    if (!within || at < within.at - within.ms) continue;
    add(root, [within.ran, ...stackOf(id)], Math.min(delta, MOST_MS));
  }
  return finished(root, root.ms * LEAST_SHARE);
}

/** The same where no profile was taken: by what was charged alone. */
export function flameOfLabels(late: readonly { readonly ran: string; readonly ms: number }[]): Flame {
  const root = growing('late');
  for (const { ran, ms } of late) add(root, [ran], ms);
  return finished(root, 0);
}

function growing(name: string): Growing {
  return { name, ms: 0, children: new Map() };
}

function add(root: Growing, path: readonly string[], ms: number): void {
  root.ms += ms;
  let node = root;
  for (const name of path.slice(0, DEEPEST)) {
    const next = node.children.get(name) ?? growing(name);
    node.children.set(name, next);
    next.ms += ms;
    node = next;
  }
}

function finished({ name, ms, children }: Growing, least: number): Flame {
  const kept = [...children.values()].filter((child) => child.ms >= least && child.ms > 0).sort((a, b) => b.ms - a.ms);
  return { name, ms, children: kept.map((child) => finished(child, least)) };
}

/** The calls that lead to a node, outermost first. */
function stacks({ nodes }: CpuProfile): (id: number) => readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const known = new Map<number, readonly string[]>();
  return (id) => {
    const seen = known.get(id);
    if (seen) return seen;
    const path: string[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = byId.get(at);
      if (node && !NOT_RUNNING.has(node.callFrame.functionName)) path.unshift(nameOf(node.callFrame));
    }
    known.set(id, path);
    return path;
  };
}

/** Two folders of a path say where something is; the rest says whose machine it was. */
function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const place = url.split('/').slice(-2).join('/');
  return `${functionName || '(anonymous)'}${place === '' ? '' : ` ${place}:${lineNumber + 1}`}`;
}
