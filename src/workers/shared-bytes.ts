import { Kind, Type, TypeRegistry } from '@sinclair/typebox';

const KIND = 'SharedBytes';

/**
 * Memory that crosses between threads without a copy, at most so many bytes. Not seen as a view on purpose: whoever receives
 * one on Deno looks at each of its elements.
 */
export function SharedBytes(most: number) {
  if (!TypeRegistry.Has(KIND)) {
    const fits = ({ most }: { readonly most: number }, value: unknown) =>
      value instanceof SharedArrayBuffer && value.byteLength <= most;
    TypeRegistry.Set(KIND, fits);
  }
  return Type.Unsafe<SharedArrayBuffer>({ [Kind]: KIND, most });
}

/** The same bytes where other threads can see them. */
export function shareBytes(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  shared.set(bytes);
  return shared.buffer;
}
