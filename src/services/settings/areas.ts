import { type Static, Type } from '@sinclair/typebox';
import { defineArea } from './area.ts';

const Channel = Type.Optional(Type.String({ pattern: '^\\d{17,20}$', expected: 'settings.expected.channel' }));

/** A limit: its default, and between what it can be set. */
function limit(value: number, minimum: number, maximum: number) {
  return Type.Integer({ default: value, minimum, maximum, expected: 'settings.expected.limit' });
}

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
  files: defineArea({
    schema: Type.Object(
      {
        maxMegabytes: limit(25, 1, 100),
        downloadSeconds: limit(15, 1, 60),
        unpackedMegabytes: limit(64, 1, 256),
        entries: limit(20_000, 1, 200_000),
        depth: limit(3, 0, 8),
        megapixels: limit(24, 1, 64),
        frames: limit(1_000, 1, 10_000),
        pages: limit(50, 1, 500),
        rows: limit(1_000_000, 1, 5_000_000),
        openingMilliseconds: limit(1_500, 100, 5_000),
      },
      { additionalProperties: false },
    ),
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
