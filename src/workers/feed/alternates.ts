import type { Budget } from '../inspect/budget.ts';
import { readMarkup } from '../inspect/page/markup.ts';
import { linkOf } from './item.ts';

const TYPES = new Set(['application/rss+xml', 'application/atom+xml', 'application/feed+json', 'application/rdf+xml']);
const MOST = 5;
/** What stands in the head stands early. */
const READ = 500_000;

/** The feeds that a web page says it has. */
export function alternatesOf(text: string, base: string, budget: Budget): readonly string[] {
  const found = new Set<string>();
  let from = base;
  readMarkup(text.slice(0, READ), 'html', budget, {
    open({ name, attributes }) {
      const href = attributes.get('href');
      if (name === 'base') from = linkOf(href, base) ?? from;
      if (name !== 'link' || found.size >= MOST) return;
      const rel = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
      const [type = ''] = (attributes.get('type') ?? '').toLowerCase().split(';');
      const url = linkOf(href, from);
      if (url !== null && rel.includes('alternate') && TYPES.has(type.trim())) found.add(url);
    },
    close() {},
    text() {},
    instruction() {},
  });
  return [...found];
}
