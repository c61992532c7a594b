import { type Static, Type } from '@sinclair/typebox';
import { defineArea } from './area.ts';

const Channel = Type.Optional(Type.String({ pattern: '^\\d{17,20}$', expected: 'settings.expected.channel' }));

/** Every area, one line each. */
export const AREAS = {
  general: defineArea({
    schema: Type.Object(
      {
        language: Type.Union([Type.Literal('en')], { default: 'en', expected: 'settings.expected.language' }),
        timeZone: Type.String({ default: 'UTC', maxLength: 64, expected: 'settings.expected.timeZone' }),
      },
      { additionalProperties: false },
    ),
    fits: { timeZone: isTimeZone },
  }),
  logs: defineArea({
    schema: Type.Object({ logChannel: Channel, ownersChannel: Channel }, { additionalProperties: false }),
  }),
} as const;

export type AreaName = keyof typeof AREAS;
export type AreaValue<N extends AreaName> = Readonly<Static<(typeof AREAS)[N]['schema']>>;

/** Whether the runtime knows the zone by this name. Offsets such as `+02:00` are not zones: they know no summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
