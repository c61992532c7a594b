import { parseAst } from 'vitest/node';

/** A node of the syntax tree, as far as it is asked about here. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** A text that stands in the code itself, where people would read it. */
export interface Found {
  /** The property it is the value of, or `sentence` anywhere else. */
  readonly where: string;
  readonly text: string;
}

/** What of an answer, a form or a choice is shown to people. */
const SHOWN = new Set(['title', 'text', 'label', 'placeholder', 'next', 'lines', 'points', 'fields', 'reason']);
/** Four words in a row, or two of which the first is written like the first of a sentence. */
const SENTENCE = /^\p{Lu}\p{L}* \p{L}{2}|(?:\p{L}{2,}[,:;]? ){3}\p{L}{2}/u;

/** A key of the catalogue, or the beginning of one. */
const KEY = /^\w+(?:\.[\w-]+)+\.?$/;

/** Every text of a file that people would read and that is not in the catalogue. What is logged or thrown as an error of our own is English. */
export function bypassing(source: string): readonly Found[] {
  const found: Found[] = [];
  const look = (node: Node) => {
    if (isForEngineers(node)) return;
    if (node.type === 'Property' && isNode(node.key) && isNode(node.value)) {
      const name = String(node.key.name ?? node.key.value);
      if (SHOWN.has(name))
        for (const text of textsOf(node.value))
          if (/\p{L}/u.test(text) && !KEY.test(text)) found.push({ where: name, text });
    }
    for (const text of literal(node)) if (SENTENCE.test(text)) found.push({ where: 'sentence', text });
    for (const child of childrenOf(node)) look(child);
  };
  look(parseAst(source, { lang: 'ts' }) as unknown as Node);
  return found;
}

/** A key of the catalogue, and how long Discord lets its text be where it is shown. */
export interface Limited {
  readonly key: string;
  readonly most: number;
  readonly where: string;
}

/** Every text of a file whose length Discord limits where it is shown: titles and labels of forms, buttons, menus and their choices. Not those whose key is made at run time. */
export function limited(source: string): readonly Limited[] {
  const found: Limited[] = [];
  const look = (node: Node) => {
    const given = node.type === 'ObjectExpression' ? valuesOf(node) : new Map<string, Node>();
    for (const [name, value] of given) {
      const most = mostOf(name, given);
      if (most !== undefined) for (const key of keysOf(value)) found.push({ key, most, where: name });
    }
    for (const child of childrenOf(node)) look(child);
  };
  look(parseAst(source, { lang: 'ts' }) as unknown as Node);
  return found;
}

function mostOf(name: string, beside: ReadonlyMap<string, Node>): number | undefined {
  if (name === 'title') return beside.has('customId') && beside.has('fields') ? 45 : undefined;
  if (name === 'placeholder') return beside.has('id') ? 100 : 150;
  if (name !== 'label') return undefined;
  if (beside.has('id')) return 45;
  return beside.has('value') ? 100 : 80;
}

function valuesOf({ properties }: Node): ReadonlyMap<string, Node> {
  const list = Array.isArray(properties) ? properties.filter(isNode) : [];
  return new Map(
    list.flatMap(({ key, value }) =>
      isNode(key) && isNode(value) ? [[String(key.name ?? key.value), value] as const] : [],
    ),
  );
}

/** The keys that are said by a value, `t('a.b')` or `t(on ? 'a.b' : 'a.c')`, on either side of a condition. */
function keysOf(node: Node): readonly string[] {
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].filter(isNode).flatMap(keysOf);
  if (node.type !== 'CallExpression' || !isNode(node.callee) || node.callee.name !== 't') return [];
  const [key] = Array.isArray(node.arguments) ? node.arguments.filter(isNode) : [];
  return key && key.type !== 'TemplateLiteral' ? textsOf(key) : [];
}

/** `log.info(…)`, `new DatabaseError(…)`, a query, a type. */
function isForEngineers(node: Node): boolean {
  if (node.type.startsWith('TS') && !/^TS(As|NonNull|Satisfies)/.test(node.type)) return true;
  if (node.type === 'TaggedTemplateExpression' || node.type === 'ImportDeclaration') return true;
  const callee = isNode(node.callee) ? node.callee : undefined;
  if (node.type === 'NewExpression') return /Error$/.test(String(callee?.name));
  return (
    node.type === 'CallExpression' &&
    callee?.type === 'MemberExpression' &&
    isNode(callee.object) &&
    isLog(callee.object)
  );
}

function isLog({ name, property }: Node): boolean {
  return name === 'log' || (isNode(property) && (property.name === 'log' || property.value === 'log'));
}

/** The texts that a value can be: through conditions, lists and what stands in for nothing. */
function textsOf(node: Node): readonly string[] {
  const inside: Readonly<Record<string, readonly unknown[]>> = {
    ConditionalExpression: [node.consequent, node.alternate],
    LogicalExpression: [node.left, node.right],
    ArrayExpression: Array.isArray(node.elements) ? node.elements : [],
    SpreadElement: [node.argument],
    TSAsExpression: [node.expression],
  };
  return [...literal(node), ...(inside[node.type] ?? []).filter(isNode).flatMap(textsOf)];
}

function literal(node: Node): readonly string[] {
  if (node.type === 'Literal' && typeof node.value === 'string') return [node.value];
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return [];
  return node.quasis.map(({ value }: { value: { cooked: string } }) => value.cooked);
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
