import { type Budget, LimitError } from '../inspect/budget.ts';
import type { LimitHit } from '../inspect/report.ts';
import { isSecretName } from '../inspect/secret-values.ts';
import { drawPng, SIZE } from './picture.ts';
import { label, type Plan, planOne, planTwo } from './plan.ts';
import { type Refused, refused, type Says } from './says.ts';
import { tableIn } from './source.ts';
import { type Picked, Picker } from './values.ts';

const SHOWN_NAMES = 15;
const ROWS = 256;

export interface Asked {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Of a workbook: which of its sheets, by name or as `#2`. */
  readonly sheet?: string;
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
  | Refused;

/** Draws one column of a table, or two; or says why not. Rows beyond the limits are left out, which is said. */
export async function draw({ columns, ...file }: Asked, budget: Budget): Promise<Drawn> {
  const table = await tableIn(file, budget);
  if (table.kind === 'refused') return table;
  const limits: LimitHit[] = [...table.limits];
  const picker = new Picker(columns, table.delimiter, byRows(budget));
  try {
    table.read(picker);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    limits.push(error.hit);
  }
  const shown = picker.names.slice(0, SHOWN_NAMES).map(label).join(', ');
  const picked = picker.picked.filter((one): one is Picked => one !== undefined);
  const missing = columns[picker.picked.indexOf(undefined)];
  if (missing !== undefined || picked.length === 0)
    return refused('noSuchColumn', { column: label(missing ?? columns[0] ?? ''), columns: shown });
  const secret = picked.find((one) => isSecretName(one.name));
  if (secret) return refused('secretColumn', { column: label(secret.name) });
  const plan = planOf(picked);
  if (!plan) return refused('nothingToDraw', { columns: picked.map((one) => label(one.name)).join(', ') });
  const unclear = new Set(picked.filter((one) => one.unclear));
  const alt: Says[] = [
    ...plan.alt,
    ...[...unclear].map(({ name }): Says => ({ code: 'unclear', params: { x: label(name) } })),
    ...table.said,
  ];
  return { kind: 'chart', png: await drawPng(plan), ...SIZE, chart: plan.kind, alt, limits };
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
