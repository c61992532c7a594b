import { type ArchiveEntry, isScript } from './archive-entries.ts';
import { sniffDelimiter } from './csv.ts';
import { decode } from './decode.ts';
import { describeTable } from './describe-table.ts';
import { extensionsOf } from './names.ts';
import type { Opening } from './opener.ts';
import type { Finding } from './report.ts';
import { signsOf } from './script-signs.ts';
import { RUN_BY_WINDOWS, scriptOf } from './scripts.ts';
import type { SecretKind } from './secret-tokens.ts';
import { maskSecrets } from './secrets.ts';
import { claimOf } from './shape.ts';

/** Of a larger text so much is searched. Bytes. */
const MOST_OF_ONE = 262_144;
/** No text is begun when so much of the time is used: what secrets are in it costs nobody the rest of the report. */
const SHARE = 0.6;
/** What programs are told by. */
const SETTINGS = new Set(
  'env ini conf cfg config properties json yaml yml toml xml tfvars tfstate pem key ppk'.split(' '),
);
const KEEPERS = /^(?:\.|id_[a-z\d_]+$)|secret|credential|passw|token|config|settings/i;

/** Whether people keep keys and passwords in files that are called so. */
export function keepsSecrets(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return KEEPERS.test(name.slice(-200)) || SETTINGS.has(extensionsOf(name)[0] ?? '');
}

/** In which order texts are searched: first scripts, then where secrets are kept, then the small ones, of which more can be. */
export function inSearchOrder(texts: readonly ArchiveEntry[]): ArchiveEntry[] {
  return texts
    .map((entry) => ({ entry, worth: mayRun(entry.path) ? 2 : Number(keepsSecrets(entry.path)) }))
    .sort((a, b) => b.worth - a.worth || a.entry.size - b.entry.size)
    .map(({ entry }) => entry);
}

/** What was found in a text of an archive. */
interface TextSigns {
  readonly kinds: readonly SecretKind[];
  /** Of scripts: what honest ones rarely do. */
  readonly findings: readonly Finding[];
}

/** What is in a text, secrets and what scripts do, as far as there is room for it in what may be searched. */
export async function searchText({ path, read, size }: ArchiveEntry, { budget, tree }: Opening): Promise<TextSigns> {
  const nothing = { kinds: [], findings: [] };
  const wanted = Math.min(size, MOST_OF_ONE);
  if (budget.usedTime() > SHARE || wanted > budget.left('bytesOut')) return nothing;
  if (!tree.maySearch(wanted, mayRun(path) ? 'scripts' : keepsSecrets(path) ? 'likely' : 'others')) return nothing;
  const decoded = await decode(read?.(MOST_OF_ONE) ?? new Uint8Array(0));
  if (decoded.kind === 'binary') return nothing;
  const { text, kinds } = maskSecrets(decoded.text, () => budget.checkTime());
  const script = scriptOf(decoded.text, path)?.type === 'script';
  return {
    kinds: [...kinds, ...(isTable(path) ? inColumns(text, budget) : [])],
    findings: script ? signsOf(decoded.text) : [],
  };
}

/** Whether it is a script by its name. */
export function mayRun(path: string): boolean {
  return isScript(path) || RUN_BY_WINDOWS.includes(extensionsOf(path)[0] ?? '');
}

function isTable(path: string): boolean {
  const claim = claimOf(path, '');
  return claim === 'csv' || claim === 'tsv';
}

/** Kinds of what stands in columns that are called so, as of a table that is opened by itself. */
function inColumns(text: string, budget: Opening['budget']): readonly SecretKind[] {
  const delimiter = sniffDelimiter(text);
  return (delimiter && describeTable(text, delimiter, budget).secrets) ?? [];
}
