import type { Findings } from '../findings.ts';

const SEARCHED = 200_000;
const MOST = 1_000;
const ENTITY =
  /<!ENTITY\s{1,20}(?:%\s{1,20})?[\w.:-]{1,100}\s{1,20}(?:(?:SYSTEM|PUBLIC)\b[^>]{0,500}?["']([^"'<>]{1,500})["']\s{0,20}>|"([^"]{0,2000})|'([^']{0,2000}))/g;
const REFERENCES = /&[\w.:-]{1,100};/g;
/** With fewer references in each, even ten words do not unfold into much. */
const MANY = 3;

/** Words that a document defines for itself: some are fetched, some unfold into more of their own kind. None is expanded here. */
export function judgeEntities(text: string, findings: Findings): void {
  for (const [, address, double, single] of text.slice(0, SEARCHED).matchAll(ENTITY).take(MOST)) {
    if (address !== undefined) findings.add('xml-fetches', 'careful', { link: address });
    const references = (double ?? single ?? '').match(REFERENCES)?.length ?? 0;
    if (references >= MANY) findings.add('xml-bomb', 'dangerous');
  }
}
