import { Value } from '@sinclair/typebox/value';
import { Report } from '../../workers/inspect/report.ts';

/** A report as JSON can hold it: pictures as base64. */
export function packReport(report: Report): unknown {
  const previews = report.previews.map((one) =>
    one.kind === 'picture' ? { ...one, png: Buffer.from(one.png).toString('base64') } : one,
  );
  return { ...report, previews };
}

/** The report, or nothing when what was stored is of another shape. */
export function unpackReport(stored: unknown): Report | undefined {
  if (typeof stored !== 'object' || stored === null || !('previews' in stored) || !Array.isArray(stored.previews))
    return undefined;
  const previews = stored.previews.map((one: { readonly kind?: unknown; readonly png?: unknown }) =>
    one.kind === 'picture' && typeof one.png === 'string'
      ? { ...one, png: new Uint8Array(Buffer.from(one.png, 'base64')) }
      : one,
  );
  const report: unknown = { ...stored, previews };
  return Value.Check(Report, report) ? report : undefined;
}
