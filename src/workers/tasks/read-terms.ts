import { type Static, Type } from '@sinclair/typebox';
import { decode } from '../inspect/decode.ts';
import { safeText } from '../inspect/safe-text.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';
import { type Entry, type Listing, readEntries, readTyped } from '../words/entries.ts';
import { MOST_IMPORT_BYTES, MOST_LIST_BYTES, MOST_READ } from '../words/limits.ts';
import { type EntryProblem, entriesOf, type Full, List } from '../words/list.ts';
import { TermProblem } from '../words/read-term.ts';

/** Nobody is shown more of what could not be read. */
const MOST_SHOWN = 10;
const LONGEST_SHOWN = 50;

const Problem = Type.Object({
  /** From 1; of an array of JSON, the number of the entry. */
  line: Type.Integer(),
  code: Type.Union([TermProblem, Type.Literal('notText'), Type.Literal('notADomain')]),
  what: Type.String(),
});

const Read = Type.Object({
  kind: Type.Literal('read'),
  /** The whole list as it is to be kept: an entry a line, UTF-8. */
  bytes: SharedBytes(MOST_IMPORT_BYTES),
  entries: Type.Integer(),
  /** UTF-16 units of what is compared. */
  letters: Type.Integer(),
  /** How many were added or taken out, were there already or not there at all, and could not be read. */
  changed: Type.Integer(),
  idle: Type.Integer(),
  bad: Type.Integer(),
  /** The first of those that could not be read. */
  problems: Type.Array(Problem),
});

const Refused = Type.Object({
  kind: Type.Literal('refused'),
  code: Type.Union([
    Type.Literal('binary'),
    Type.Literal('badJson'),
    Type.Literal('noArray'),
    Type.Literal('tooMany'),
    Type.Literal('tooManyLetters'),
    Type.Literal('tooLarge'),
  ]),
  line: Type.Optional(Type.Integer()),
  column: Type.Optional(Type.Integer()),
  /** What a file really is, where that is known. */
  what: Type.Optional(Type.String()),
});

const Output = Type.Union([Read, Refused]);
type Output = Static<typeof Output>;

/**
 * Makes a list of terms or domains out of a file or of what somebody typed: anew, or by adding to one that is there or taking out of it. A file
 * is text in any usual encoding, an entry a line; a table, of which the first column counts; or an array of JSON.
 */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({
    kind: Type.Union([Type.Literal('words'), Type.Literal('domains')]),
    /** The list as it is kept, to be changed. */
    base: Type.Optional(SharedBytes(MOST_IMPORT_BYTES)),
    remove: Type.Optional(Type.Boolean()),
    typed: Type.Optional(Type.String()),
    file: Type.Optional(Type.Object({ name: Type.String(), bytes: SharedBytes(MOST_IMPORT_BYTES) })),
  }),
  output: Output,
  sample: { kind: 'words', base: shareBytes(new TextEncoder().encode('rude\n')), typed: 'bad*, ru?de, !badge' },
  async run({ kind, base, remove = false, typed = '', file }): Promise<Output> {
    const listing = file && (await listingOf(file));
    if (listing && !listing.ok) return { kind: 'refused', ...listing.problem };
    const list = new List(kind);
    if (base) for (const text of entriesOf(new Uint8Array(base))) list.add({ text });
    const take = (entry: Entry) => (remove ? list.remove(entry) : list.add(entry));
    const tally = tallyOf([readTyped(typed), listing?.entries ?? []], take);
    if (typeof tally === 'string') return { kind: 'refused', code: tally };
    const bytes = list.written();
    if (bytes.byteLength > MOST_LIST_BYTES) return { kind: 'refused', code: 'tooLarge' };
    return { kind: 'read', bytes: shareBytes(bytes), entries: list.size, letters: list.letters, ...tally };
  },
});

type Refusal = Omit<Static<typeof Refused>, 'kind'>;

async function listingOf(file: {
  readonly name: string;
  readonly bytes: SharedArrayBuffer;
}): Promise<Extract<Listing, { ok: true }> | { readonly ok: false; readonly problem: Refusal }> {
  const decoded = await decode(new Uint8Array(file.bytes).slice()); // not every decoder takes shared memory
  if (decoded.kind === 'text' && decoded.encoding !== 'unknown') return readEntries(decoded.text, file.name);
  const what = decoded.kind === 'binary' ? decoded.ext : undefined;
  return { ok: false, problem: { code: 'binary', ...(what !== undefined && { what }) } };
}

type Outcome = 'added' | 'removed' | 'twice' | 'missing' | EntryProblem | Full;

/** What came of each entry; why there are too many, where there are. */
function tallyOf(sources: readonly Iterable<Entry>[], take: (entry: Entry) => Outcome) {
  const problems: Static<typeof Problem>[] = [];
  const counts = { changed: 0, idle: 0, bad: 0 };
  let read = 0;
  for (const source of sources) {
    for (const entry of source) {
      const outcome = ++read > MOST_READ ? 'tooMany' : take(entry);
      if (outcome === 'tooMany' || outcome === 'tooManyLetters') return outcome;
      if (outcome === 'added' || outcome === 'removed') counts.changed++;
      else if (outcome === 'twice' || outcome === 'missing') counts.idle++;
      else if (++counts.bad <= MOST_SHOWN)
        problems.push({ line: entry.line, code: outcome, what: safeText(entry.text ?? '', LONGEST_SHOWN) });
    }
  }
  return { ...counts, problems };
}
