import { Type } from '@sinclair/typebox';

/**
 * Memory that crosses between threads without a copy. Not seen as a view on purpose: whoever receives one on Deno looks
 * at each of its elements.
 */
export function SharedBytes(most: number) {
  return Type.Unsafe<SharedArrayBuffer>(Type.Object({ byteLength: Type.Integer({ maximum: most }) }));
}
