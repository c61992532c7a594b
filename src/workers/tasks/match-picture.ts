import { type Static, Type } from '@sinclair/typebox';
import { LookAlikes } from '../inspect/picture/look-alikes.ts';
import { LOOK_ALIKE_DISTANCE } from '../inspect/picture/perceptual-hash.ts';
import { defineTask } from '../task.ts';

/** Lists that a thread keeps; those not asked for longest make room. */
const MOST_LISTS = 64;
const MOST_HASHES = 2_000_000;

/** What this thread has been sent. Losing it costs one more message. */
const kept = new Map<string, { readonly version: string; readonly list: LookAlikes }>();

const Hash = Type.String({ pattern: '^[0-9a-f]{16}$' });

const Answer = Type.Union([
  Type.Object({ kind: Type.Literal('send it') }),
  Type.Object({
    kind: Type.Literal('matches'),
    matches: Type.Array(Type.Object({ hash: Type.Integer(), place: Type.Integer(), distance: Type.Integer() })),
  }),
]);

/**
 * Which hashes of a block list look like those of a picture. The list crosses once: a call names the list and its
 * version, and a thread that does not have it answers `send it`; ask again with `bytes`.
 */
export default defineTask({
  lane: 'quick',
  input: Type.Object({
    list: Type.String(),
    version: Type.String(),
    /** The list: eight bytes a hash, the most significant first. */
    bytes: Type.Optional(Type.Uint8Array()),
    hashes: Type.Array(Hash, { maxItems: 16 }),
    /** Bits of 64 in which look-alikes may differ. */
    distance: Type.Optional(Type.Integer({ minimum: 0, maximum: 16 })),
  }),
  output: Answer,
  sample: { list: 'sample', version: '1', bytes: new Uint8Array(8), hashes: ['0000000000000001'] },
  run({ list: name, version, bytes, hashes, distance = LOOK_ALIKE_DISTANCE }): Static<typeof Answer> {
    const list = bytes ? new LookAlikes(bytes) : keptList(name, version);
    if (!list) return { kind: 'send it' };
    keep(name, version, list);
    return { kind: 'matches', matches: [...list.within(hashes, distance)] };
  },
});

function keptList(name: string, version: string): LookAlikes | undefined {
  const known = kept.get(name);
  return known?.version === version ? known.list : undefined;
}

/** As the one asked for last. */
function keep(name: string, version: string, list: LookAlikes): void {
  kept.delete(name);
  kept.set(name, { version, list });
  let hashes = 0;
  for (const { list: other } of kept.values()) hashes += other.size;
  for (const [oldest, { list: other }] of kept) {
    if (kept.size === 1 || (kept.size <= MOST_LISTS && hashes <= MOST_HASHES)) break;
    kept.delete(oldest);
    hashes -= other.size;
  }
}
