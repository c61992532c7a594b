import { Type } from '@sinclair/typebox';
import { strToU8, zipSync } from 'fflate';
import { TaskError } from '../../lib/errors.ts';
import { MOST_ARCHIVE_BYTES } from '../external/limits.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';
import { Archive } from '../tldr/archive.ts';
import { parsePage } from '../tldr/markdown.ts';

/** So many pages, all over the archive, are read to see that they are what they should be. */
const READ = 50;

/** What pages there are in an archive that has come, for suggestions while somebody types. Fails where it is no such archive. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({ zip: SharedBytes(MOST_ARCHIVE_BYTES) }),
  output: Type.Object({
    /** In order, set apart by line breaks: one text crosses faster than thousands. */
    names: Type.String(),
    languages: Type.Array(Type.String()),
    pages: Type.Integer({ minimum: 1 }),
  }),
  sample: { zip: shareBytes(zipSync({ 'pages/common/ls.md': strToU8('# ls\n\n- List:\n\n`ls`\n') })) },
  run({ zip }) {
    const archive = new Archive(zip);
    const pages = [...archive.pages.values()].flat();
    const step = Math.max(1, Math.floor(pages.length / READ));
    for (let at = 0; at < pages.length; at += step) {
      const page = pages[at];
      const text = page && archive.read(page);
      if (text !== undefined && parsePage(text).title === '') throw new TaskError(`${page?.name} is no page`);
    }
    return {
      names: [...archive.pages.keys()].sort().join('\n'),
      languages: [...new Set(pages.map(({ language }) => language))].sort(),
      pages: pages.length,
    };
  },
});
