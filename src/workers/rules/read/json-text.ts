import { type JsonFault, scanJson } from '../../inspect/json.ts';
import { type Place, placeAt } from './place.ts';

/** Deeper than any rule or setting is; deeper texts are not built. */
const DEEPEST_JSON = 32;

/** What is wrong with a text before anything in it is looked at; each has its text under `automod.read` in the catalogue. */
export const TEXT_PROBLEMS = [
  'binary',
  'empty',
  'unexpected-character',
  'unexpected-end',
  'bad-string',
  'bad-number',
  'trailing-content',
  'nested',
] as const satisfies readonly (JsonFault | 'binary' | 'empty' | 'nested')[];
type TextProblem = (typeof TEXT_PROBLEMS)[number];

export type JsonText =
  | { readonly ok: true; readonly text: string; readonly value: unknown }
  | { readonly ok: false; readonly why: TextProblem; readonly place: Place };

/** JSON that somebody wrote or uploaded, built only once it is known to be sound and not too deep. */
export function readJsonText(source: { readonly text?: string; readonly file?: SharedArrayBuffer }): JsonText {
  const text = source.text ?? (source.file && decoded(source.file));
  if (text === undefined || text.includes('\0')) return refused('binary');
  if (text.trim() === '') return refused('empty');
  const scan = scanJson(text);
  if (!scan.ok) return refused(scan.fault, placeAt(text, scan.at));
  if (scan.shape.depth > DEEPEST_JSON) return refused('nested');
  return { ok: true, text, value: JSON.parse(text) };
}

function refused(why: TextProblem, place: Place = { line: 1, column: 1 }): JsonText {
  return { ok: false, why, place };
}

/** UTF-8, or UTF-16 with its mark; nothing where it is neither. */
function decoded(file: SharedArrayBuffer): string | undefined {
  const bytes = new Uint8Array(file).slice(); // decoders take no shared memory
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined; // no text
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
