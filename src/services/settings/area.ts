import type { Static, TObject } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Key } from '../../lib/i18n.ts';

/** What does not fit, and what was expected instead, as a catalogue key. */
export interface Problem {
  readonly path: string;
  readonly expected: Key;
}

/** One section of a server's settings. Its schema checks, fills defaults, and will draw forms. */
export interface Area<S extends TObject = TObject> {
  readonly schema: S;
  readonly problems: (value: unknown) => readonly Problem[];
  /** The values with defaults in place of what is missing; what does not fit stays. */
  readonly filled: (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** The value with defaults in place of what is missing or does not fit any more, and the names of the latter. */
  readonly mend: (stored: unknown) => { readonly value: Readonly<Static<S>>; readonly broken: readonly string[] };
}

interface AreaSpec<S extends TObject> {
  /** Each property has a default or is optional, and names under `expected` the catalogue key of what fits. */
  readonly schema: S;
  /** What a schema cannot say: whether a value of this name fits. */
  readonly fits?: { readonly [K in keyof Static<S>]?: (value: Static<S>[K]) => boolean };
}

export function defineArea<const S extends TObject>({ schema, fits = {} }: AreaSpec<S>): Area<S> {
  const problems = (value: unknown): Problem[] => {
    const wrong = new Set([...Value.Errors(schema, value)].map(({ path }) => path.split('/')[1] ?? ''));
    for (const [name, own] of Object.entries(isRecord(value) ? value : {})) {
      const check = (fits as Readonly<Record<string, ((value: unknown) => boolean) | undefined>>)[name];
      if (check && !wrong.has(name) && own !== undefined && !check(own)) wrong.add(name);
    }
    return [...wrong].map((path) => ({ path, expected: expectedOf(schema, path) }));
  };
  const filled = (values: Readonly<Record<string, unknown>>) =>
    Value.Default(schema, { ...values }) as Readonly<Record<string, unknown>>; // an object stays one
  const mend = (stored: unknown) => {
    const known = isRecord(stored) ? Object.entries(stored).filter(([name]) => name in schema.properties) : [];
    const broken = problems(Value.Default(schema, Object.fromEntries(known))).map(({ path }) => path);
    const kept = known.filter(([name]) => !broken.includes(name));
    return { value: Value.Default(schema, Object.fromEntries(kept)) as Static<S>, broken };
  };
  return { schema, problems, filled, mend };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function expectedOf(schema: TObject, name: string): Key {
  const expected: unknown = schema.properties[name]?.expected;
  return (typeof expected === 'string' ? expected : 'settings.expected.known') as Key; // a test reads every one
}
