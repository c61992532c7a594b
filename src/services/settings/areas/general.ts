import { Type } from '@sinclair/typebox';
import { LANGUAGES } from '../../../lib/languages.ts';
import { isZone } from '../../../lib/time/zones.ts';
import { defineArea } from '../area.ts';

/** The language and the time zone of the server. */
export default defineArea({
  schema: Type.Object(
    {
      language: Type.Union(
        LANGUAGES.map((language) => Type.Literal(language)),
        { default: 'en', expected: 'settings.expected.language' },
      ),
      timeZone: Type.String({ default: 'UTC', maxLength: 64, form: 'zone', expected: 'settings.expected.timeZone' }),
    },
    { additionalProperties: false },
  ),
  fits: { timeZone: isZone },
});
