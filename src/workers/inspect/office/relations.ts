import type { Findings } from '../findings.ts';
import type { Links } from '../links.ts';
import type { Relation } from './package.ts';

/** Who knows somebody else's computer: the web, or a share of Windows. */
const ELSEWHERE =
  /^(?:https?:|ftp:|\\\\|\/\/|file:\/\/(?!\/|localhost|[a-z]:)|file:\/\/\/\\\\|file:\\\\|mhtml:|ms-|search-ms:|javascript:|vbscript:)/i;

/** What parts say of each other, and of the world outside. */
export class Relations {
  readonly all: readonly Relation[];
  readonly #byPart = new Map<string, Map<string, Relation>>();

  constructor(all: readonly Relation[]) {
    this.all = all;
    for (const relation of all) {
      const part = this.#byPart.get(relation.from) ?? new Map<string, Relation>();
      part.set(relation.id, relation);
      this.#byPart.set(relation.from, part);
    }
  }

  get(part: string, id: string | undefined): Relation | undefined {
    return id === undefined ? undefined : this.#byPart.get(part)?.get(id);
  }

  /** Where a link of a part leads outside; empty when it stays inside. */
  target(part: string, id: string | undefined): string {
    const relation = this.get(part, id);
    return relation?.external ? relation.target : '';
  }

  /** The parts inside that are called by a word at the end of their type. */
  paths(type: string): readonly string[] {
    return this.all.filter((relation) => relation.type === type && !relation.external).map(({ path }) => path);
  }
}

/** What a document fetches by itself when it is opened is more than a link, which waits for a click. */
export function judgeRelations(all: readonly Relation[], findings: Findings, links: Links): void {
  for (const { type, target, external } of all) {
    if (!external) continue;
    if (type === 'hyperlink') {
      links.add(target);
      continue;
    }
    if (!ELSEWHERE.test(target)) continue;
    links.add(target);
    const link = { link: target };
    if (type === 'attachedTemplate') findings.add('remote-template', 'dangerous', link);
    else if (type === 'image' || type === 'video' || type === 'audio' || type === 'media')
      findings.add('remote-picture', 'careful', link);
    else if (type === 'externalLinkPath' || type === 'xlPathMissing' || type === 'pivotCacheDefinition')
      findings.add('remote-data', 'careful', link);
    else findings.add('remote-object', 'dangerous', link);
  }
}
