import { encode } from 'fast-png';

/** The picture of an account, of no size that packs well. */
export function accountPicture(side: number): Uint8Array {
  const data = Uint8Array.from({ length: side * side * 4 }, (_, at) => (at * 2_654_435_761) >>> 24);
  return encode({ width: side, height: side, data, channels: 4 });
}
