import { Budget, type Limits } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import type { Report } from '../../../src/workers/inspect/report.ts';

export const LIMITS: Limits = {
  bytesOut: 64_000_000,
  entries: 20_000,
  depth: 3,
  pixels: 24_000_000,
  roughPixels: 64_000_000,
  frames: 1_000,
  pages: 50,
  rows: 1_000_000,
  milliseconds: 20_000,
};

/** What is said of a file within generous limits. */
export function inspect(
  content: string | Uint8Array,
  name = 'file.txt',
  { declared = '', ...limits }: Partial<Limits> & { readonly declared?: string } = {},
): Promise<Report> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return openFile({ name, declared, bytes }, new Budget({ ...LIMITS, ...limits }));
}

/** The values of every fact of this kind. */
export function factsOf(report: Report, code: Report['facts'][number]['code']) {
  return report.facts.filter((fact) => fact.code === code).map(({ params }) => params);
}

/** The values of a finding, if it is there. */
export function findingOf(report: Report, code: Report['findings'][number]['code']) {
  return report.findings.find((finding) => finding.code === code)?.params;
}

/** The first text that is shown. */
export function textOf(report: Report): string {
  const text = report.previews.find((preview) => preview.kind === 'text');
  return text?.kind === 'text' ? text.text : '';
}
