import tldrNames from '../../src/workers/tasks/tldr-names.ts';
import { pagesArchive } from '../load/tldr-pages.ts';
import { defineMicro, sized } from '../micro.ts';

/** There are some 30,000 pages in all languages. */
export default defineMicro({
  task: tldrNames,
  about: 'says which pages are in an archive',
  inputs: { pages: sized((pages) => ({ zip: pagesArchive(pages) }), [100, 10_000, 30_000]) },
});
