import { type Static, Type } from '@sinclair/typebox';

/** What an overwrite allows and denies, as decimal numbers in text. */
const Bits = Type.Object({ allow: Type.String(), deny: Type.String() });
type Bits = Static<typeof Bits>;

/** How an overwrite of a channel was changed; `before` is null where there was none. */
export const OverwriteChange = Type.Object({
  id: Type.String(),
  /** 0 a role, 1 a member. */
  type: Type.Integer({ minimum: 0, maximum: 1 }),
  before: Type.Union([Bits, Type.Null()]),
  after: Bits,
});
export type OverwriteChange = Static<typeof OverwriteChange>;

export const ChannelChange = Type.Object({ id: Type.String(), changes: Type.Array(OverwriteChange) });
export type ChannelChange = Static<typeof ChannelChange>;

export interface Overwrite {
  readonly id: string;
  readonly type: number;
  readonly allow: string;
  readonly deny: string;
}

const NONE = { allow: '0', deny: '0' };

/**
 * A channel's overwrites with these changes made (`do`) or taken back (`undo`), permission by permission: what somebody has changed
 * meanwhile stays as it is. Nothing where all is so already.
 */
export function withChanges(
  current: readonly Overwrite[],
  changes: readonly OverwriteChange[],
  way: 'do' | 'undo',
): readonly Overwrite[] | undefined {
  const left = new Map(current.map((one) => [one.id, one]));
  for (const { id, type, before, after } of changes) {
    const [from, to] = way === 'do' ? [before, after] : [after, before];
    const { allow, deny } = shifted(left.get(id) ?? NONE, from ?? NONE, to ?? NONE);
    // One that only the bot had made goes again, unless somebody has put something of their own into it.
    if (allow === '0' && deny === '0' && (to === null || !left.has(id))) left.delete(id);
    else left.set(id, { id, type, allow, deny });
  }
  const next = [...left.values()];
  return next.length === current.length && next.every((one) => isIn(current, one)) ? undefined : next;
}

/** Of the permissions that differ between `from` and `to` those that still are as in `from` become as in `to`. */
function shifted(now: Bits, from: Bits, to: Bits): Bits {
  const apart = (one: Bits, other: Bits) =>
    (BigInt(one.allow) ^ BigInt(other.allow)) | (BigInt(one.deny) ^ BigInt(other.deny));
  const moved = apart(from, to) & ~apart(now, from);
  const mix = (old: string, next: string) => String((BigInt(old) & ~moved) | (BigInt(next) & moved));
  return { allow: mix(now.allow, to.allow), deny: mix(now.deny, to.deny) };
}

function isIn(current: readonly Overwrite[], one: Overwrite): boolean {
  const was = current.find(({ id }) => id === one.id);
  return was !== undefined && was.allow === one.allow && was.deny === one.deny;
}

/** One change of the same channel after another, as if both had been made at once. */
export function composed(first: ChannelChange, then: ChannelChange | undefined): ChannelChange {
  const later = new Map(then?.changes.map((change) => [change.id, change]));
  const joined = first.changes.map((change) => ({ ...change, after: later.get(change.id)?.after ?? change.after }));
  const further = (then?.changes ?? []).filter(({ id }) => !first.changes.some((change) => change.id === id));
  return { id: first.id, changes: [...joined, ...further] };
}
