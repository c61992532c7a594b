import type { Static, TObject } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** Discord's limit on a custom id, in UTF-16 units. */
const MAX_LENGTH = 100;

/** What a custom id says: which component, which version of its state, and the state's fields in order. */
export interface ParsedCustomId {
  readonly name: string;
  readonly version: number;
  readonly fields: readonly string[];
}

/**
 * `name:version:field:field…`, everything in the id itself, so that a button still works after a restart.
 * The state must be a flat object of strings, numbers and booleans.
 */
export function encodeCustomId<S extends TObject>(name: string, version: number, schema: S, state: Static<S>): string {
  const values: Readonly<Record<string, unknown>> = state;
  const fields = Object.keys(schema.properties).map((key) => encodeURIComponent(String(values[key] ?? '')));
  const id = [name, version, ...fields].join(':');
  if (id.length > MAX_LENGTH) throw new RangeError(`the custom id of ${name} would be ${id.length} characters long`);
  return id;
}

export function parseCustomId(customId: string): ParsedCustomId | undefined {
  const [name, version, ...fields] = customId.split(':');
  if (!name || !version || !/^\d{1,6}$/.test(version)) return undefined;
  return { name, version: Number(version), fields };
}

/** The state, or nothing when the fields do not fit the schema: somebody else's id, or an older version's. */
export function decodeState<S extends TObject>(schema: S, fields: readonly string[]): Static<S> | undefined {
  const keys = Object.keys(schema.properties);
  if (keys.length !== fields.length) return undefined;
  try {
    const raw = Object.fromEntries(keys.map((key, at) => [key, decodeURIComponent(fields[at] ?? '')]));
    const state = Value.Convert(schema, raw);
    return Value.Check(schema, state) ? state : undefined;
  } catch {
    return undefined; // a malformed percent sequence: not one of ours
  }
}
