import { type Static, Type } from '@sinclair/typebox';
import type en from '../../locales/en.json';

const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));

/** A sentence about a chart: a text of the catalogue under `inspect.charts.alt`, and its values. */
export const Says = Type.Object({
  code: Type.Unsafe<keyof typeof en.inspect.charts.alt>(Type.String()),
  params: Params,
});
export type Says = Static<typeof Says>;

/** Why nothing was drawn: a text of the catalogue under `inspect.charts.refused`, and its values. */
export const Refused = Type.Object({
  kind: Type.Literal('refused'),
  code: Type.Unsafe<keyof typeof en.inspect.charts.refused>(Type.String()),
  params: Params,
});
export type Refused = Static<typeof Refused>;

export function refused(code: Refused['code'], params: Refused['params'] = {}): Refused {
  return { kind: 'refused', code, params };
}
