import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isRecord } from '../../sandbox/server/http/form.ts';
import type { RecordedRequest } from '../../sandbox/server/journal.ts';

const FILE = new URL('../../../shared/discord-openapi.json', import.meta.url);
const ID = 'https://discord.invalid/openapi.json';

/** Discord's own description of its REST interface, as something to hold requests and answers against. */
export class Official {
  readonly #ajv = new Ajv2020({ strict: false, validateSchema: false, discriminator: false });
  readonly #paths: Record<string, unknown>;
  readonly #schemas: Record<string, unknown>;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(description: Record<string, unknown>) {
    this.#paths = isRecord(description.paths) ? description.paths : {};
    const components = isRecord(description.components) ? description.components : {};
    this.#schemas = isRecord(components.schemas) ? components.schemas : {};
    addFormats(this.#ajv);
    // The pattern beside them says all there is to say.
    this.#ajv.addFormat('snowflake', true);
    this.#ajv.addFormat('nonce', true);
    this.#ajv.addSchema({ ...withTextCodes(description), $id: ID });
  }

  /** Every `METHOD /path` it describes, sorted. */
  get routes(): string[] {
    const methods = (path: string): string[] => {
      const item = this.#paths[path];
      return isRecord(item) ? Object.keys(item).filter((key) => key !== 'parameters') : [];
    };
    return Object.keys(this.#paths)
      .flatMap((path) => methods(path).map((method) => `${method.toUpperCase()} ${path}`))
      .sort();
  }

  /** What is wrong with a request and its answer, in words; nothing when both are as described. */
  problems(request: RecordedRequest): string[] {
    const { method, route, status, answer, body, files } = request;
    const what = `${method} ${request.path}`;
    if (route === undefined) return [`${what}: no such route`];
    const operation = this.#operation(method, route);
    if (!operation) return [`${what}: not in the description`];
    const pointer = ['paths', route, method.toLowerCase()];
    const sent = status < 400 && body !== undefined ? this.#sent(operation, pointer, body, files.length > 0) : [];
    const wanted = status < 400 ? this.#asked(operation, pointer, request.query) : [];
    const got = this.#answered(operation, pointer, status, answer);
    const requested = [...sent, ...wanted].map((one) => `${what} request${one}`);
    return [...requested, ...got.map((one) => `${what} ${status} answer${one}`)];
  }

  /** Bodies that each have one field of a kind it cannot be. */
  garbage(method: string, route: string): Record<string, unknown>[] {
    const { requestBody } = this.#operation(method, route) ?? {};
    const content = isRecord(requestBody) && isRecord(requestBody.content) ? requestBody.content : {};
    const type = content['application/json'];
    const fields = isRecord(type) ? this.#fields(type.schema) : {};
    return Object.entries(fields).map(([key, field]) => ({ [key]: unfit(this.#kinds(field)) }));
  }

  /** Every field that an object of this schema can have. */
  #fields(schema: unknown): Record<string, unknown> {
    const whole = this.#resolved(schema);
    const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => {
      const list = whole[key];
      return Array.isArray(list) ? list : [];
    });
    const own = isRecord(whole.properties) ? whole.properties : {};
    return Object.assign({}, ...parts.map((part) => this.#fields(part)), own);
  }

  #kinds(schema: unknown): string[] {
    const whole = this.#resolved(schema);
    const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => {
      const list = whole[key];
      return Array.isArray(list) ? list : [];
    });
    return [...[whole.type].flat().map(String), ...parts.flatMap((part) => this.#kinds(part))];
  }

  #resolved(schema: unknown): Record<string, unknown> {
    if (!isRecord(schema)) return {};
    const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
    const named = name === undefined ? schema : this.#schemas[name];
    return isRecord(named) ? named : {};
  }

  /** What is wrong with a REST object that came otherwise, by the name of its schema. */
  check(schema: string, value: unknown): string[] {
    return this.#check(['components', 'schemas', schema], value);
  }

  #operation(method: string, route: string): Record<string, unknown> | undefined {
    const item = this.#paths[route];
    const operation = isRecord(item) ? item[method.toLowerCase()] : undefined;
    return isRecord(operation) ? operation : undefined;
  }

  #sent(operation: Record<string, unknown>, pointer: string[], body: unknown, multipart: boolean): string[] {
    if (!isRecord(operation.requestBody))
      return isRecord(body) && Object.keys(body).length === 0 ? [] : [': has no body'];
    const content = operation.requestBody.content;
    const type =
      multipart && isRecord(content) && content['multipart/form-data'] ? 'multipart/form-data' : 'application/json';
    if (!isRecord(content) || !content[type]) return [`: takes no ${type}`];
    const schema = isRecord(content[type]) ? content[type].schema : undefined;
    const file = multipart && 'file' in this.#fields(schema) ? { file: '' } : {}; // which stands beside the fields of the form
    const whole = isRecord(body) ? { ...body, ...file } : body;
    return this.#check([...pointer, 'requestBody', 'content', type, 'schema'], numbersRead(whole));
  }

  /** A query's values are text on the wire: what they would be in JSON is tried as well. */
  #asked(operation: Record<string, unknown>, pointer: string[], query: string): string[] {
    const parameters: unknown[] = Array.isArray(operation.parameters) ? operation.parameters : [];
    return [...new URLSearchParams(query)].flatMap(([name, value]) => {
      const at = parameters.findIndex((one) => isRecord(one) && one.in === 'query' && one.name === name);
      if (at < 0) return [`: no query parameter ${name}`];
      const schema = [...pointer, 'parameters', String(at), 'schema'];
      const read: unknown = /^(?:true|false|\d{1,9})$/.test(value) ? JSON.parse(value) : value;
      if (this.#check(schema, value).length === 0) return [];
      return this.#check(schema, read).map((one) => `?${name}${one}`);
    });
  }

  #answered(operation: Record<string, unknown>, pointer: string[], status: number, answer: unknown): string[] {
    if (status >= 400) return this.check(status === 429 ? 'RatelimitedResponse' : 'ErrorResponse', answer);
    const responses = isRecord(operation.responses) ? operation.responses : {};
    const response = responses[String(status)];
    if (!isRecord(response)) return [`: status is none of ${Object.keys(responses).join(', ')}`];
    if (!isRecord(response.content)) return answer === undefined ? [] : [': should be empty'];
    return this.#check([...pointer, 'responses', String(status), 'content', 'application/json', 'schema'], answer);
  }

  #check(pointer: readonly string[], value: unknown): string[] {
    const ref = `${ID}#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const validate = this.#compiled.get(ref) ?? this.#ajv.compile({ $ref: ref });
    this.#compiled.set(ref, validate);
    // What stands on the wire, not what stood in memory: fields that are undefined are absent there.
    const wire: unknown = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
    if (validate(wire)) return [];
    const all = validate.errors ?? [];
    const telling = all.filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'anyOf');
    const errors = telling.length > 0 ? telling : all;
    const deepest = [...errors].sort((a, b) => b.instancePath.length - a.instancePath.length);
    return [
      ...new Set(
        deepest
          .slice(0, 3)
          .map((error) => `${error.instancePath || ''}: ${error.message} ${JSON.stringify(error.params)}`),
      ),
    ];
  }
}

/** A value of none of these kinds. */
function unfit(kinds: readonly string[]): unknown {
  if (!kinds.includes('object')) return { wrong: true };
  return kinds.includes('string') ? 1.5 : 'wrong';
}

/** In the tree of a form's errors the codes are words (BASE_TYPE_REQUIRED), as Discord documents and sends; described are numbers. */
function withTextCodes(description: Record<string, unknown>): Record<string, unknown> {
  const components = isRecord(description.components) ? description.components : {};
  const schemas = isRecord(components.schemas) ? components.schemas : {};
  const item = {
    type: 'object',
    required: ['code', 'message'],
    properties: { code: { type: 'string' }, message: { type: 'string' } },
  };
  const list = { type: 'array', items: item };
  const InnerErrors = {
    type: 'object',
    properties: { _errors: list },
    required: ['_errors'],
    additionalProperties: false,
  };
  return { ...description, components: { ...components, schemas: { ...schemas, InnerErrors } } };
}

/** Discord takes permission sets as text, as everybody sends them, though the description says integers. */
const BIT_FIELDS: ReadonlySet<string> = new Set(['permissions', 'allow', 'deny', 'default_member_permissions']);

function numbersRead(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(numbersRead);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isBits = BIT_FIELDS.has(key) && typeof inner === 'string' && /^\d+$/.test(inner);
      return [key, isBits ? Number(inner) : numbersRead(inner)];
    }),
  );
}

/** Undefined when the description is not kept beside this repository; tests then skip and say so. */
export async function readOfficial(): Promise<Official | undefined> {
  try {
    return new Official(JSON.parse(await readFile(FILE, 'utf8')));
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    process.stdout.write(`Skipped: ${fileURLToPath(FILE)} is not there to check against.\n`);
    return undefined;
  }
}
