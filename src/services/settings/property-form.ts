import { KindGuard, type TSchema } from '@sinclair/typebox';
import { AREAS, type AreaName } from './areas.ts';

/** How people fill a setting in. `own` has a command of its own for that. */
export type PropertyForm =
  | { readonly kind: 'channel' | 'role' | 'channels' | 'roles' | 'zone' | 'yesNo' }
  | { readonly kind: 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'text'; readonly most: number }
  | { readonly kind: 'texts' }
  | { readonly kind: 'choice' | 'choices'; readonly values: readonly string[] }
  | { readonly kind: 'own'; readonly command: string };

/** One setting of an area, as its schema describes it. */
export interface Property {
  readonly area: AreaName;
  readonly name: string;
  readonly schema: TSchema;
  readonly form: PropertyForm;
  /** Whether only those who own the server may change it. */
  readonly owners: boolean;
  /** Whether the bot keeps it itself: no file has it, and nothing that was is brought back. */
  readonly state: boolean;
}

const NAMED = ['channel', 'role', 'channels', 'roles', 'zone'] as const;

/** The settings of an area, in the order of its schema. */
export function propertiesOf(area: AreaName): readonly Property[] {
  return Object.keys(AREAS[area].schema.properties).flatMap((name) => propertyOf(area, name) ?? []);
}

/** A setting by its name; nothing where the area has none of that name. */
export function propertyOf(area: AreaName, name: string): Property | undefined {
  const properties: Readonly<Record<string, TSchema>> = AREAS[area].schema.properties;
  const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (!schema) return undefined;
  return { area, name, schema, form: formOf(schema), owners: schema.owners === true, state: schema.state === true };
}

/** Drawn from the schema: `form` names what an id is of, `own` the command that changes what has no form. */
function formOf(schema: TSchema): PropertyForm {
  if (typeof schema.own === 'string') return { kind: 'own', command: schema.own };
  const named = NAMED.find((kind) => kind === schema.form);
  if (named) return { kind: named };
  if (KindGuard.IsBoolean(schema)) return { kind: 'yesNo' };
  if (KindGuard.IsInteger(schema))
    return { kind: 'number', minimum: Number(schema.minimum), maximum: Number(schema.maximum) };
  const values = literalsOf(schema);
  if (values) return { kind: 'choice', values };
  if (KindGuard.IsString(schema)) return { kind: 'text', most: Number(schema.maxLength) };
  if (KindGuard.IsArray(schema)) {
    const each = literalsOf(schema.items);
    if (each) return { kind: 'choices', values: each };
    if (KindGuard.IsString(schema.items)) return { kind: 'texts' };
  }
  throw new Error('a setting has neither a form that its schema draws nor a command of its own');
}

function literalsOf(schema: TSchema): readonly string[] | undefined {
  const all = KindGuard.IsUnion(schema) ? schema.anyOf : [schema];
  const values = all.flatMap((one) => (KindGuard.IsLiteral(one) ? [String(one.const)] : []));
  return values.length === all.length ? values : undefined;
}
