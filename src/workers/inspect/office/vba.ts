import { type Budget, LimitError } from '../budget.ts';
import type { Finding } from '../report.ts';
import { Sink } from '../sink.ts';
import type { Cfb } from './cfb.ts';

const MOST_MODULE = 1_000_000;
const MOST_MODULES = 200;
/** Every module begins with its attributes; packed, the first letters stand as they are. */
const BEGINNING = 'Attribut';
const NO_MODULE = /^(?:dir|_vba_project|project|projectwm|__srp_.*|vbframe)$/i;

/** Names under which macros start by themselves. */
const STARTS =
  /\bsub\s{1,20}(auto_?(?:open|close|exec|exit|new)|(?:document|workbook|presentation)_(?:open|close|new|beforeclose|beforesave|activate)|workbook_windowactivate|slideshow\w{1,40}|\w{1,60}_(?:onconnecting|painted|layout|mousemove|gotfocus))\b/i;
/** What honest macros seldom need. */
const SUSPICIOUS =
  /\b(shell|shellexecute|createobject|getobject|wscript|powershell|cmd\.exe|mshta|urldownloadtofile|xmlhttp|winhttp|adodb\.stream|callbyname|virtualalloc|rtlmovememory|createthread|environ|kill|regwrite|lib\s{1,9}"[^"\n]{1,60}")/i;
const CODE = /^(?![ \t]{0,200}(?:attribute\b|option\b|'|rem\b|[\r\n]|$))/im;

/** What the macros of a project are like; nothing when there is no code in it. `text` hears every source. */
export function macroFindings(cfb: Cfb, budget: Budget, text: (source: string) => void): readonly Finding[] {
  const folder = /(?:^|\/)vba\/[^/]{1,200}$/i;
  const streams = cfb.entries.filter(
    ({ kind, path, name }) => kind === 'stream' && folder.test(path) && !NO_MODULE.test(name),
  );
  if (streams.length === 0) return [];
  let [hidden, code] = [0, 0];
  let starts: string | undefined;
  let suspicious: string | undefined;
  for (const stream of streams.slice(0, MOST_MODULES)) {
    const source = sourceOf(cfb.read(stream), budget);
    if (source === undefined) hidden++;
    if (source === undefined || !CODE.test(source)) continue;
    code++;
    starts ??= STARTS.exec(source)?.[1];
    suspicious ??= SUSPICIOUS.exec(source)?.[1];
    text(source);
  }
  if (starts) return [{ code: 'macros-start', level: 'dangerous', params: { name: starts } }];
  if (suspicious) return [{ code: 'macros-suspicious', level: 'dangerous', params: { what: suspicious.slice(0, 80) } }];
  if (hidden > 0) return [{ code: 'macros-hidden', level: 'dangerous', params: {} }];
  return code > 0 ? [{ code: 'macros', level: 'careful', params: {} }] : [];
}

/** The source text in a module; undefined when there is none to be found. */
function sourceOf(module: Uint8Array, budget: Budget): string | undefined {
  const at = indexOf(module, BEGINNING);
  // The signature, the header of the first piece, and the flags of its first eight letters stand before.
  if (at < 4 || module[at - 4] !== 1) return undefined;
  const sink = new Sink(budget, { expected: Math.min(module.length * 3, MOST_MODULE), most: MOST_MODULE });
  try {
    unpackPieces(module.subarray(at - 3), sink);
  } catch (error) {
    if (!(error instanceof LimitError) || error.hit.allowed !== MOST_MODULE) throw error;
  }
  return new TextDecoder('windows-1252').decode(sink.bytes());
}

function indexOf(bytes: Uint8Array, text: string): number {
  for (let at = bytes.indexOf(text.charCodeAt(0)); at !== -1; at = bytes.indexOf(text.charCodeAt(0), at + 1)) {
    let same = 1;
    while (same < text.length && bytes[at + same] === text.charCodeAt(same)) same++;
    if (same === text.length) return at;
  }
  return -1;
}

const PIECE = 4_096;

/** Pieces of up to 4 KB, each on its own: letters as they are, and copies of what came before in the same piece. */
function unpackPieces(packed: Uint8Array, sink: Sink): void {
  for (let at = 0; at + 2 < packed.length; ) {
    const header = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8);
    if (((header >> 12) & 7) !== 3) return;
    const end = Math.min(packed.length, at + (header & 0xfff) + 3);
    if ((header & 0x8000) === 0) sink.push(packed.subarray(at + 2, end));
    else unpackPiece(packed.subarray(at + 2, end), sink);
    at = end;
  }
}

function unpackPiece(piece: Uint8Array, sink: Sink): void {
  const out = new Uint8Array(PIECE);
  let length = 0;
  for (let at = 0; at < piece.length; ) {
    const flags = piece[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < piece.length; bit++) {
      if ((flags & (1 << bit)) === 0) {
        if (length < PIECE) out[length++] = piece[at] ?? 0;
        at++;
        continue;
      }
      const token = (piece[at] ?? 0) | ((piece[at + 1] ?? 0) << 8);
      at += 2;
      const wide = Math.max(4, Math.ceil(Math.log2(Math.max(1, length))));
      const back = (token >> (16 - wide)) + 1;
      const count = Math.min((token & (0xffff >> wide)) + 3, PIECE - length);
      for (let copied = 0; copied < count; copied++, length++) out[length] = out[length - back] ?? 0;
    }
  }
  sink.push(out.subarray(0, length));
}
