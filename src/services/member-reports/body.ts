import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Report } from '../../db/member-reports.ts';

const Id = Type.String({ pattern: '^\\d{1,20}$' });

/** Of whom, or of which message, somebody reports. */
export const Reported = Type.Object({
  target: Id,
  targetName: Type.String(),
  /** As it was when it was reported: it may be gone by the time somebody looks. */
  message: Type.Optional(
    Type.Object({ channel: Id, id: Id, text: Type.String(), files: Type.Array(Type.String(), { maxItems: 10 }) }),
  ),
});
export type Reported = Static<typeof Reported>;

const Body = Type.Object({ reported: Reported, why: Type.String() });
export type ReportBody = Static<typeof Body>;

export function bodyOf({ body }: Pick<Report, 'body'>): ReportBody {
  return Value.Decode(Body, JSON.parse(body));
}
