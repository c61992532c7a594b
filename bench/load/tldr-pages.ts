import { strToU8, zipSync } from 'fflate';
import { shareBytes } from '../../src/workers/shared-bytes.ts';

const LANGUAGES = ['', '.de', '.es', '.fr', '.pt_BR'];
const EXAMPLE = '- Do something with a [f]ile:\n\n`program {{[-v|--verbose]}} {{path/to/file}}`\n\n';

/** An archive of so many pages in five languages. They are not packed: that would take longer than all that is measured. */
export function pagesArchive(pages: number): SharedArrayBuffer {
  const files = Array.from({ length: pages }, (_, n) => {
    const language = LANGUAGES[n % LANGUAGES.length] ?? '';
    const text = `# program ${n}\n\n> What it does.\n> More information: <https://example.org/${n}>.\n\n${EXAMPLE.repeat(4)}`;
    return [`pages${language}/common/program-${Math.floor(n / LANGUAGES.length)}.md`, strToU8(text)] as const;
  });
  return shareBytes(zipSync(Object.fromEntries(files), { level: 0 }));
}
