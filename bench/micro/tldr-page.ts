import tldrPage from '../../src/workers/tasks/tldr-page.ts';
import { pagesArchive } from '../load/tldr-pages.ts';
import { defineMicro, sized } from '../micro.ts';

function asking(name: string) {
  return async (pages: number) => {
    const input = { zip: pagesArchive(pages), version: '1', name, languages: ['de', 'en'] };
    await tldrPage.run(input);
    return input;
  };
}

/** The archive was read before, as a thread keeps it. The amounts are those of its pages. */
export default defineMicro({
  task: tldrPage,
  about: 'finds and reads a page of an archive, or names that are like one there is not',
  inputs: {
    'a page': sized(asking('program-7'), [100, 10_000, 30_000]),
    'none of that name': sized(asking('progam-77'), [100, 10_000, 30_000]),
  },
});
