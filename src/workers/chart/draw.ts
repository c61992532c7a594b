import { type Budget, LimitError } from '../inspect/budget.ts';
import { sniffDelimiter } from '../inspect/csv.ts';
import { decode } from '../inspect/decode.ts';
import type { LimitHit } from '../inspect/report.ts';
import { isSecretName } from '../inspect/secret-values.ts';
import { claimOf } from '../inspect/shape.ts';
import { readTable } from '../inspect/tables.ts';
import { drawPng, SIZE } from './picture.ts';
import { label, type Plan, planOne, planTwo } from './plan.ts';
import type { Refusal, Says } from './says.ts';
import { type Picked, Picker } from './values.ts';

const SHOWN_NAMES = 15;
const ROWS = 256;

export interface Asked {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** One column, or two: what is drawn across, and what is drawn up. */
  readonly columns: readonly string[];
}

export type Drawn =
  | {
      readonly kind: 'chart';
      readonly png: Uint8Array;
      readonly width: number;
      readonly height: number;
      readonly chart: Plan['kind'];
      readonly alt: Says[];
      readonly limits: LimitHit[];
    }
  | ({ readonly kind: 'refused' } & Refusal);

/** Draws one column of a table, or two; or says why not. Rows beyond the limits are left out, which is said. */
export async function draw({ bytes, name, columns }: Asked, budget: Budget): Promise<Drawn> {
  budget.take('bytesOut', bytes.length);
  const decoded = await decode(bytes);
  const text = decoded.kind === 'text' ? decoded.text : '';
  const claim = claimOf(name, '');
  const delimiter = sniffDelimiter(text) ?? (claim === 'csv' ? ',' : claim === 'tsv' ? '\t' : undefined);
  if (!delimiter || !/\S/.test(text)) return refused('notATable', {});
  const limits: LimitHit[] = [];
  const picker = new Picker(columns, delimiter, byRows(budget));
  try {
    readTable(text, delimiter, picker, () => budget.checkTime());
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    limits.push(error.hit);
  }
  const shown = picker.names.slice(0, SHOWN_NAMES).map(label).join(', ');
  const picked = picker.picked.filter((one): one is Picked => one !== undefined);
  const missing = columns[picker.picked.indexOf(undefined)];
  if (missing !== undefined || picked.length === 0)
    return refused('noSuchColumn', { column: label(missing ?? ''), columns: shown });
  const secret = picked.find((one) => isSecretName(one.name));
  if (secret) return refused('secretColumn', { column: label(secret.name) });
  const plan = planOf(picked);
  if (!plan) return refused('nothingToDraw', { columns: picked.map((one) => label(one.name)).join(', ') });
  return { kind: 'chart', png: await drawPng(plan), ...SIZE, chart: plan.kind, alt: [...plan.alt], limits };
}

/** Takes rows by the hundred: looking at the clock for each would cost more than the row. */
function byRows(budget: Budget): () => void {
  let pending = 0;
  return () => {
    if (++pending < ROWS) return;
    budget.take('rows', pending);
    pending = 0;
  };
}

function planOf([x, y]: readonly Picked[]): Plan | undefined {
  if (!x) return undefined;
  return y ? planTwo(x, y) : planOne(x);
}

function refused(code: Refusal['code'], params: Refusal['params']): Drawn {
  return { kind: 'refused', code, params };
}
