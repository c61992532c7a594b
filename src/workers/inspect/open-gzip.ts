import { toWire } from '../../lib/errors.ts';
import { unpackedFact } from './archive.ts';
import { Inside } from './archive-inside.ts';
import { type Budget, LimitError } from './budget.ts';
import { bunzip2 } from './bzip2.ts';
import { inflate } from './inflate.ts';
import type { Opener, Opening } from './opener.ts';
import { type Finding, type LimitHit, type Report, reportOf } from './report.ts';
import { safeText } from './safe-text.ts';
import { Sink } from './sink.ts';
import { unxz } from './xz.ts';

type Unpack = (bytes: Uint8Array, sink: Sink, budget: Budget) => void;

const LONGEST_NAME = 1_000;

/** One packed file, of gzip: what is in it counts. */
export const openGzip: Opener = (opening) =>
  open('gzip', 'application/gzip', opening, (bytes, sink) => inflate('gzip', bytes, sink));

/** One packed file, of bzip2. */
export const openBzip2: Opener = (opening) => open('bzip2', 'application/x-bzip2', opening, bunzip2);

/** One packed file, of xz. */
export const openXz: Opener = (opening) => open('xz', 'application/x-xz', opening, unxz);

async function open(type: Report['type'], mime: string, opening: Opening, unpack: Unpack): Promise<Report> {
  const { bytes, budget } = opening;
  // Half of what is left, so that what comes out can be looked at as well.
  const sink = new Sink(budget, { expected: 0, most: Math.floor(budget.left('bytesOut') / 2) });
  const { limit, fault } = attempt(() => unpack(bytes, sink, budget));
  // Where it had to stop, the rest is taken to be like what came until then.
  const size = limit ? Math.round((sink.length / Math.max(sink.consumed, 1)) * bytes.length) : sink.length;
  const bomb = opening.tree.add(size, bytes.length, opening.depth);
  const inside = new Inside(opening);
  const name = innerName(opening);
  const within = bomb.length === 0 && sink.length > 0 ? await inside.open(name, sink.bytes()) : undefined;
  const partly = limit !== undefined || fault !== undefined;
  return reportOf(type, mime, {
    // What was cut off here is cut off in there too: once is enough.
    findings: [
      ...bomb,
      ...inside.findings().filter(({ params }) => !partly || params.code !== 'broken'),
      ...(fault ?? []),
    ],
    facts: [
      unpackedFact(size, bytes.length),
      ...(within
        ? [{ label: 'contents', code: 'plain', params: { value: `${safeText(name, 80)} (${within.mime})` } } as const]
        : []),
    ],
    previews: within?.previews ?? [],
    limits: [...(limit ? [limit] : []), ...inside.limits.filter((hit) => hit.limit !== limit?.limit)],
    links: [...inside.links],
    secrets: inside.secrets,
  });
}

function attempt(unpack: () => void): { readonly limit?: LimitHit; readonly fault?: Finding[] } {
  try {
    unpack();
    return {};
  } catch (error) {
    if (error instanceof LimitError) return { limit: error.hit };
    return { fault: [{ code: 'broken', level: 'careful', params: { where: toWire(error).message.slice(0, 100) } }] };
  }
}

const HAS_EXTRA = 4;
const HAS_NAME = 8;

/** What gzip says it was called, else its own name without the last extension. */
function innerName({ bytes, name }: Opening): string {
  const flags = bytes[0] === 0x1f ? (bytes[3] ?? 0) : 0;
  if (flags & HAS_NAME) {
    const at = flags & HAS_EXTRA ? 12 + (bytes[10] ?? 0) + ((bytes[11] ?? 0) << 8) : 10;
    const field = bytes.subarray(at, at + LONGEST_NAME);
    const end = field.indexOf(0);
    return new TextDecoder('latin1').decode(end === -1 ? field : field.subarray(0, end));
  }
  return name.replace(/\.t(?:gz|bz2?|xz)$/i, '.tar').replace(/\.(?:gz|bz2|xz)$/i, '');
}
