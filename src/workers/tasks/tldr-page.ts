import { type Static, Type } from '@sinclair/typebox';
import { strToU8, zipSync } from 'fflate';
import { MOST_ARCHIVE_BYTES } from '../external/limits.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';
import { Archive } from '../tldr/archive.ts';
import { choosePage, namesLike } from '../tldr/choose.ts';
import { parsePage } from '../tldr/markdown.ts';

/** What this thread has read of the archive; of an older version nothing is kept. Losing it costs reading it again. */
const kept = new Map<string, Archive>();

const Name = Type.String({ maxLength: 100 });
const Output = Type.Union([
  Type.Object({
    kind: Type.Literal('page'),
    name: Name,
    platform: Type.String({ maxLength: 20 }),
    language: Type.String({ maxLength: 10 }),
    title: Name,
    about: Type.Array(Type.String()),
    more: Type.Optional(Type.String()),
    examples: Type.Array(Type.Object({ what: Type.String(), command: Type.String() })),
  }),
  Type.Object({ kind: Type.Literal('none'), near: Type.Array(Name) }),
]);

/** A page of the archive, which every thread sees; or the names of some that are called alike. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({
    zip: SharedBytes(MOST_ARCHIVE_BYTES),
    version: Type.String(),
    /** In small letters. */
    name: Name,
    platform: Type.Optional(Type.String()),
    languages: Type.Array(Type.String(), { minItems: 1 }),
  }),
  output: Output,
  sample: {
    zip: shareBytes(zipSync({ 'pages/common/ls.md': strToU8('# ls\n\n- List:\n\n`ls`\n') })),
    version: 'sample',
    name: 'ls',
    languages: ['en'],
  },
  run({ zip, version, ...wanted }): Static<typeof Output> {
    const archive = kept.get(version) ?? new Archive(zip);
    kept.clear();
    kept.set(version, archive);
    const page = choosePage(archive, wanted);
    if (!page) return { kind: 'none', near: namesLike(archive, wanted.name) };
    const { name, platform, language } = page;
    return { kind: 'page', name, platform, language, ...parsePage(archive.read(page)) };
  },
});
