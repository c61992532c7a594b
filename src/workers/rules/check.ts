import type { TObject, TSchema } from '@sinclair/typebox';
import { DEEPEST, MOST_NODES, MOST_PROBLEMS } from './limits.ts';
import type { RuleProblem } from './problem.ts';
import { ACTIONS, Rule, TRIGGERS } from './schema.ts';

type Fields = Readonly<Record<string, unknown>>;
type Problems = readonly RuleProblem[];

const NONE: Problems = [];
const JOINS = ['all', 'any', 'not'];

/**
 * What does not fit in something that should be a rule, each with its place; nothing when it is one. A schema alone would say that none
 * of thirty forms fits: this looks at the one that is meant.
 */
export function problemsOf(rule: unknown): Problems {
  const problems = inObject(Rule, rule, '', (name, value) => {
    if (name === 'when') return ofSize(value) ?? inCondition(value, '/when');
    return name === 'actions' ? inActions(value) : undefined;
  });
  return problems.slice(0, MOST_PROBLEMS);
}

/** What is too large to be looked through. Asks for no depth of its own, whatever is sent. */
function ofSize(when: unknown): Problems | undefined {
  let level: readonly unknown[] = [when];
  let nodes = 0;
  for (let depth = 1; level.length > 0; depth++) {
    nodes += level.length;
    if (depth > DEEPEST) return one('/when', 'tooDeep', { most: DEEPEST });
    if (nodes > MOST_NODES) return one('/when', 'tooManyParts', { most: MOST_NODES });
    level = level.flatMap(innerOf);
  }
  return undefined;
}

function innerOf(condition: unknown): readonly unknown[] {
  if (!isFields(condition) || 'type' in condition) return [];
  return JOINS.flatMap((join) => condition[join] ?? []);
}

function inCondition(value: unknown, path: string): Problems {
  if (!isFields(value)) return one(path, 'notAnObject');
  if ('type' in value) return inTrigger(value, path);
  const [join, second] = JOINS.filter((name) => name in value);
  if (join === undefined) return one(path, 'noType', { names: `type, ${JOINS.join(', ')}` });
  if (second !== undefined) return one(path, 'severalJoins', { one: join, other: second });
  const inner = value[join];
  const at = `${path}/${join}`;
  const unknown = unknownNames(value, [join], path);
  if (join === 'not') return [...unknown, ...inCondition(inner, at)];
  if (!Array.isArray(inner) || inner.length === 0)
    return [...unknown, ...one(at, 'list', { least: 1, most: MOST_NODES })];
  return [...unknown, ...inner.flatMap((part, index) => inCondition(part, `${at}/${index}`))];
}

function inTrigger(value: Fields, path: string): Problems {
  const { type, list, terms } = value;
  const empty = list === undefined && (terms === undefined || (Array.isArray(terms) && terms.length === 0));
  const nothing = type === 'words' && empty ? one(path, 'nothingToFind') : NONE;
  return [...inTagged(TRIGGERS, 'type', value, path), ...nothing];
}

function inActions(value: unknown): Problems {
  const schema = Rule.properties.actions;
  if (!isList(schema, value)) return listProblem(schema, '/actions');
  return value.flatMap((action, index) => {
    const path = `/actions/${index}`;
    return isFields(action) ? inTagged(ACTIONS, 'do', action, path) : one(path, 'notAnObject');
  });
}

function inTagged(forms: Readonly<Record<string, TObject>>, tag: string, value: Fields, path: string): Problems {
  const name = value[tag];
  if (name === undefined) return one(path, 'noType', { names: tag });
  const form = typeof name === 'string' && Object.hasOwn(forms, name) ? forms[name] : undefined;
  return form
    ? inObject(form, value, path)
    : one(`${path}/${tag}`, 'unknownType', { names: Object.keys(forms).join(', ') });
}

type Own = (name: string, value: unknown) => Problems | undefined;

function inObject({ properties, required = [] }: TObject, value: unknown, path: string, own?: Own): Problems {
  if (!isFields(value)) return one(path, 'notAnObject');
  const known = Object.entries(properties).flatMap(([name, property]) => {
    const inner = value[name];
    if (inner !== undefined) return own?.(name, inner) ?? inValue(property, inner, `${path}/${name}`);
    const missing = required.includes(name) && property.default === undefined;
    return missing ? one(path, 'missing', { name }) : NONE;
  });
  return [...known, ...unknownNames(value, Object.keys(properties), path)];
}

function inValue(schema: TSchema, value: unknown, path: string): Problems {
  if (schema.anyOf) return inChoice(schema.anyOf, value, path);
  switch (schema.type) {
    case 'object':
      return inObject(schema as TObject, value, path); // its type says so
    case 'array':
      return inList(schema, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? NONE : one(path, 'yesNo');
    case 'integer':
      return inNumber(schema, value, path);
    case 'string':
      return schema.const === value ? NONE : inText(schema, value, path);
    default:
      throw new TypeError(`no rule has a ${schema.type}`);
  }
}

function inChoice(choices: readonly TSchema[], value: unknown, path: string): Problems {
  const values = choices.map((choice) => choice.const);
  return values.includes(value) ? NONE : one(path, 'oneOf', { values: values.join(', ') });
}

function inNumber({ minimum, maximum }: TSchema, value: unknown, path: string): Problems {
  const fits = Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  return fits ? NONE : one(path, 'number', { least: minimum, most: maximum });
}

function inText(
  { minLength = 0, maxLength = 500, pattern, expected }: TSchema,
  value: unknown,
  path: string,
): Problems {
  const fits = typeof value === 'string' && value.length >= minLength && value.length <= maxLength;
  if (expected !== undefined) return fits && new RegExp(pattern).test(value) ? NONE : one(path, expected);
  return fits ? NONE : one(path, 'text', { least: minLength, most: maxLength });
}

function inList(schema: TSchema, value: unknown, path: string): Problems {
  if (!isList(schema, value)) return listProblem(schema, path);
  if (schema.uniqueItems && new Set(value).size < value.length) return one(path, 'twice');
  return value.flatMap((item, index) => inValue(schema.items, item, `${path}/${index}`));
}

function isList({ minItems = 0, maxItems }: TSchema, value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length >= minItems && value.length <= maxItems;
}

function listProblem({ minItems = 0, maxItems }: TSchema, path: string): Problems {
  return one(path, 'list', { least: minItems, most: maxItems });
}

function unknownNames(value: Fields, known: readonly string[], path: string): Problems {
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  return unknown.slice(0, MOST_PROBLEMS).map((name) => ({
    path,
    code: 'unknownName',
    params: { name: name.slice(0, 50), names: known.join(', ') },
  }));
}

function one(path: string, code: RuleProblem['code'], params: RuleProblem['params'] = {}): Problems {
  return [{ path, code, params }];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
