import { invalidForm } from '../api-error.ts';
import { type Id, isSnowflake } from '../snowflake.ts';

type Path = readonly (string | number)[];

interface Between {
  readonly min?: number;
  readonly max?: number;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Drops keys whose value is undefined, so that optional fields are absent rather than undefined. */
export function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // What `Object.fromEntries` forgets is exactly what the filter guarantees.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Reads a request's body field by field. What is wrong throws 50035 with Discord's own code at the field's place. */
export class Form {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: Path;

  constructor(body: unknown, path: Path = []) {
    if (!isRecord(body)) {
      throw invalidForm(
        path.length > 0 ? path : ['_'],
        'MODEL_TYPE_CONVERT',
        'Only dictionaries may be used in a ModelType',
      );
    }
    this.#fields = body;
    this.#path = path;
  }

  get keys(): string[] {
    return Object.keys(this.#fields);
  }

  raw(key: string): unknown {
    return this.#fields[key];
  }

  has(key: string): boolean {
    return this.#fields[key] !== undefined;
  }

  isNull(key: string): boolean {
    return this.#fields[key] === null;
  }

  fail(key: string, code: string, message: string): never {
    throw invalidForm([...this.#path, key], code, message);
  }

  required(key: string): void {
    if (this.#fields[key] === undefined || this.#fields[key] === null) {
      this.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
    }
  }

  /** Undefined when absent or null. */
  text(key: string, { min = 0, max = 6_000 }: Between = {}): string | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') {
      return this.fail(key, 'STRING_TYPE_CONVERT', `Could not interpret "${brief(value)}" as string.`);
    }
    const text = String(value);
    const length = [...text].length;
    if (length >= min && length <= max) return text;
    if (min > 0 && length < min && max === 6_000) {
      return this.fail(key, 'BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`);
    }
    if (min > 0) return this.fail(key, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    return this.fail(key, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  }

  needText(key: string, between: Between = {}): string {
    this.required(key);
    return this.text(key, between) ?? '';
  }

  /** Null stays null: the field is being emptied. */
  nullableText(key: string, between: Between = {}): string | null | undefined {
    return this.isNull(key) ? null : this.text(key, between);
  }

  number(key: string, { min, max }: Between = {}): number | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      return this.fail(key, 'NUMBER_TYPE_COERCE', `Value "${brief(value)}" is not int.`);
    }
    if (min !== undefined && number < min) {
      return this.fail(key, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    }
    if (max !== undefined && number > max) {
      return this.fail(key, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
    }
    return number;
  }

  int(key: string, between: Between = {}): number | undefined {
    const number = this.number(key, between);
    if (number === undefined || Number.isInteger(number)) return number;
    return this.fail(key, 'NUMBER_TYPE_COERCE', `Value "${number}" is not int.`);
  }

  oneOf(key: string, choices: readonly number[]): number | undefined {
    const number = this.int(key);
    if (number === undefined || choices.includes(number)) return number;
    return this.fail(key, 'BASE_TYPE_CHOICES', `Value must be one of {${choices.join(', ')}}.`);
  }

  flag(key: string): boolean | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return value;
    return this.fail(key, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  }

  id(key: string): Id | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    const text = String(value);
    if (isSnowflake(text)) return text;
    return this.fail(key, 'NUMBER_TYPE_COERCE', `Value "${brief(value)}" is not snowflake.`);
  }

  nullableId(key: string): Id | null | undefined {
    return this.isNull(key) ? null : this.id(key);
  }

  needId(key: string): Id {
    this.required(key);
    return this.id(key) ?? '';
  }

  ids(key: string, { max = 1_000 }: Between = {}): Id[] | undefined {
    return this.items(key, { max })?.map((value, at) => {
      const text = String(value);
      if (isSnowflake(text)) return text;
      throw invalidForm([...this.#path, key, at], 'NUMBER_TYPE_COERCE', `Value "${brief(value)}" is not snowflake.`);
    });
  }

  /** A permission set: Discord takes and gives it as a decimal number in text. */
  bits(key: string): bigint | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    if ((typeof value === 'string' || typeof value === 'number') && /^\d{1,20}$/.test(String(value))) {
      return BigInt(value);
    }
    return this.fail(key, 'NUMBER_TYPE_COERCE', `Value "${brief(value)}" is not int.`);
  }

  time(key: string): string | null | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return value;
    const at = typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : Number.NaN;
    if (Number.isFinite(at)) return new Date(at).toISOString();
    return this.fail(key, 'DATE_TIME_TYPE_PARSE', `Could not parse ${brief(value)}. Should be ISO8601.`);
  }

  items(key: string, { min = 0, max = 1_000 }: Between = {}): unknown[] | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) return this.fail(key, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    if (value.length > max)
      return this.fail(key, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    if (value.length < min)
      return this.fail(key, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    return value;
  }

  list<T>(key: string, read: (item: Form, at: number) => T, between: Between = {}): T[] | undefined {
    return this.items(key, between)?.map((item, at) => read(new Form(item, [...this.#path, key, at]), at));
  }

  child(key: string): Form | undefined {
    const value = this.#fields[key];
    return value === undefined || value === null ? undefined : new Form(value, [...this.#path, key]);
  }

  needChild(key: string): Form {
    this.required(key);
    return new Form(this.#fields[key], [...this.#path, key]);
  }
}

function brief(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))).slice(0, 100);
}
