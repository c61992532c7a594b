import type { Findings } from '../findings.ts';
import type { Links } from '../links.ts';
import type { Relations } from './relations.ts';

/** What the readers of a document's parts share: where links lead, and who is told what is found. */
export interface Surroundings {
  readonly findings: Findings;
  readonly links: Links;
  readonly relations: Relations;
}
