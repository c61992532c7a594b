import { readFile } from 'node:fs/promises';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { UsageError } from '../bench-error.ts';
import { FORMAT } from '../report/report.ts';

const Optional = <T extends ReturnType<typeof Type.Object>>(of: T) => Type.Optional(of);

/** A round as far as it is compared. */
const Round = Type.Object({
  mode: Type.String(),
  seconds: Type.Number({ exclusiveMinimum: 0 }),
  sent: Type.Integer(),
  lost: Type.Integer(),
  tasks: Type.Integer(),
  histograms: Type.Object({ ack: Type.String() }),
  cpu: Optional(Type.Object({ mainMs: Type.Number(), othersMs: Type.Number() })),
  memory: Optional(Type.Object({ peak: Type.Number() })),
  loop: Optional(Type.Object({ p999: Type.Number() })),
  invalid: Type.Array(Type.String()),
});
export type ComparedRound = Static<typeof Round>;

const Scenario = Type.Union([
  Type.Object({ kind: Type.Literal('ack'), name: Type.String(), rounds: Type.Array(Round) }),
  Type.Object({
    kind: Type.Literal('facts'),
    name: Type.String(),
    facts: Type.Array(Type.Object({ what: Type.String(), value: Type.Optional(Type.Number()) })),
  }),
  Type.Object({
    kind: Type.Literal('micro'),
    name: Type.String(),
    rows: Type.Array(Type.Object({ input: Type.String(), size: Type.String(), p50: Type.Number() })),
  }),
]);
export type ComparedScenario = Static<typeof Scenario>;

const Report = Type.Object({
  rockhopper: Type.String(),
  runtime: Type.String(),
  partial: Type.Boolean(),
  machine: Type.Object({ cpu: Type.String(), cores: Type.Integer() }),
  scenarios: Type.Array(Scenario),
});
export type ComparedReport = Static<typeof Report>;

const Formatted = Type.Object({ format: Type.Integer() });

/** A report from a file. UsageError when it is none, or one of another version. */
export async function readReport(file: string): Promise<ComparedReport> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read`, { cause });
  });
  const report = parsed(text);
  if (!Value.Check(Formatted, report)) throw new UsageError(`${file} is no report of this bench`);
  if (report.format !== FORMAT)
    throw new UsageError(
      `${file} is a report of version ${report.format} and this bench makes version ${FORMAT}: measure both with the same bench`,
    );
  if (Value.Check(Report, report)) return report;
  const first = Value.Errors(Report, report).First();
  throw new UsageError(`${file} is a damaged report: ${first?.path ?? ''} ${first?.message ?? ''}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no report either
  }
}
