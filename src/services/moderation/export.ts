import type { Context } from '../../context.ts';
import { type ExportedCase, exportedCases } from '../../db/case-export.ts';
import type { CaseFilter } from '../../db/case-list.ts';
import { type Reader, renderPlain, type Words } from '../answers/words.ts';
import { whyVoid } from './entry.ts';

export type ExportFormat = 'csv' | 'json';

export interface Exporting {
  readonly filter: CaseFilter;
  readonly format: ExportFormat;
  readonly packed: boolean;
  /** For whom it is put into words. */
  readonly reader: Reader;
  readonly signal: AbortSignal;
  /** Hears of cases that are in the file. */
  readonly onWritten: (count: number) => void;
}

/**
 * A file ends when it is so large: half of what Discord takes in any server, since cases with many long notes may make its last
 * piece nearly as large. Bytes.
 */
const FILE_BYTES = 5_000_000;
/** What crosses to a thread at a time, in cases and letters. */
const MOST_CASES = 200;
const MOST_LETTERS = 400_000;

/**
 * Cases as files, each whole by itself, the next begun when one has been taken. They stream out of the database into a thread
 * that writes them; none of them is looked into here.
 */
export async function* exportFiles(
  exporting: Exporting,
  context: Pick<Context, 'db' | 'workers'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { format, packed, signal, onWritten } = exporting;
  const write = async (cases: readonly Written[], begins: boolean, ends: boolean) => {
    const input = { format, packed, begins, ends, cases: [...cases] };
    return (await context.workers.offload('exportCases', input, { signal })).bytes;
  };
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const cases of crossing(exporting, context)) {
    const piece = await write(cases, size === 0, false);
    pieces.push(piece);
    size += piece.byteLength;
    onWritten(cases.length);
    if (size < FILE_BYTES) continue;
    yield Buffer.concat([...pieces, await write([], false, true)]);
    [pieces, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat([...pieces, await write([], false, true)]);
}

interface Written extends Pick<ExportedCase, 'plain'> {
  readonly voidReason: string | null;
  readonly evidence: { readonly kind: string; readonly url: string; readonly lost?: string }[];
}

/** The cases in few and not too large lots. */
async function* crossing(
  { filter, reader, signal }: Exporting,
  { db }: Pick<Context, 'db'>,
): AsyncGenerator<readonly Written[], void, undefined> {
  let cases: Written[] = [];
  let letters = 0;
  for await (const one of exportedCases(db, filter, signal)) {
    cases.push(inWords(one, reader));
    letters += one.plain.length;
    if (cases.length < MOST_CASES && letters < MOST_LETTERS) continue;
    yield cases;
    [cases, letters] = [[], 0];
  }
  if (cases.length > 0) yield cases;
}

function inWords({ plain, voidReason, evidence }: ExportedCase, reader: Reader): Written {
  return {
    plain,
    voidReason: voidReason === null ? null : renderPlain(whyVoid({ voidReason }), reader),
    evidence: evidence.map((piece) => {
      if (piece.kind === 'message') return piece;
      const { lost, ...rest } = piece;
      return lost === undefined ? rest : { ...rest, lost: renderPlain(lost as Words, reader) }; // as it was stored
    }),
  };
}
