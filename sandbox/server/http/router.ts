import type { Method, Route } from './define-route.ts';

interface Node {
  readonly literal: Map<string, Node>;
  param?: Node;
  readonly routes: Map<string, { route: Route; names: readonly string[] }>;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a method and path. A literal segment wins over a parameter, as `@me` over `{user_id}`. */
export class Router {
  readonly #root: Node = node();
  readonly routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    this.routes = routes;
    for (const route of routes) this.#add(route);
  }

  #add(route: Route): void {
    let at = this.#root;
    const names: string[] = [];
    for (const segment of segmentsOf(route.path)) {
      if (segment.startsWith('{')) {
        names.push(segment.slice(1, -1));
        at.param ??= node();
        at = at.param;
      } else {
        const next = at.literal.get(segment) ?? node();
        at.literal.set(segment, next);
        at = next;
      }
    }
    if (at.routes.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
    at.routes.set(route.method, { route, names });
  }

  /** `'method'` when the path exists for other methods only. */
  find(method: Method | string, path: string): Match | 'method' | undefined {
    const segments = segmentsOf(path);
    const found = walk(this.#root, segments, 0, method, []);
    if (!found) return walk(this.#root, segments, 0, undefined, []) ? 'method' : undefined;
    const { entry, values } = found;
    const params: Record<string, string> = {};
    for (const [at, name] of entry.names.entries()) params[name] = values[at] ?? '';
    return { route: entry.route, params };
  }
}

function walk(
  at: Node,
  segments: readonly string[],
  depth: number,
  method: string | undefined,
  values: readonly string[],
): { entry: { route: Route; names: readonly string[] }; values: readonly string[] } | undefined {
  const segment = segments[depth];
  if (segment === undefined) {
    const entry = method === undefined ? at.routes.values().next().value : at.routes.get(method);
    return entry && { entry, values };
  }
  const literal = at.literal.get(segment);
  const found = literal && walk(literal, segments, depth + 1, method, values);
  if (found || !at.param) return found;
  return walk(at.param, segments, depth + 1, method, [...values, decode(segment)]);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function node(): Node {
  return { literal: new Map(), routes: new Map() };
}
