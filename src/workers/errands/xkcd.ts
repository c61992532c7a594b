import { Type } from '@sinclair/typebox';
import { HttpRefusedError } from '../../lib/http-errors.ts';
import { defineErrand, type ErrandTools } from '../errand.ts';
import { webAddress } from '../web-address.ts';

/** Beyond every comic for a century, and exact in all that counts. */
const MOST = 100_000;
/** There never was one of this number, by way of a joke. */
const NOT_FOUND = 404;
const MOST_TITLE = 200;
const MOST_ALT = 2_000;

const Comic = Type.Object({
  num: Type.Integer({ minimum: 1, maximum: MOST }),
  safe_title: Type.String(),
  alt: Type.String(),
  img: Type.String(),
  year: Type.String({ pattern: '^\\d{4}$' }),
  month: Type.String({ pattern: '^\\d{1,2}$' }),
  day: Type.String({ pattern: '^\\d{1,2}$' }),
});

/** A comic of xkcd: the one of a number, the latest, or any. */
export default defineErrand({
  input: Type.Union([Type.Literal('latest'), Type.Literal('random'), Type.Integer({ minimum: 1, maximum: MOST })]),
  output: Type.Object({
    number: Type.Integer(),
    title: Type.String({ maxLength: MOST_TITLE }),
    alt: Type.String({ maxLength: MOST_ALT }),
    picture: Type.String({ pattern: '^https://' }),
    /** Days of the calendar, `2006-01-01`. */
    day: Type.String(),
  }),
  async run(which, tools) {
    const asked = which === 'latest' ? undefined : which === 'random' ? await anyNumber(tools) : which;
    const { num, safe_title, alt, img, year, month, day } = await comic(asked, tools);
    const picture = webAddress(img);
    if (!picture) throw new HttpRefusedError('xkcd named no address of a picture');
    return {
      number: num,
      title: safe_title.slice(0, MOST_TITLE),
      alt: alt.slice(0, MOST_ALT),
      picture,
      day: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    };
  },
});

function comic(number: number | undefined, { http, config, signal }: ErrandTools) {
  const path = number === undefined ? 'info.0.json' : `${number}/info.0.json`;
  return http.json(`${config.XKCD_URL.replace(/\/$/, '')}/${path}`, Comic, { signal });
}

async function anyNumber(tools: ErrandTools): Promise<number> {
  const { num } = await comic(undefined, tools);
  const number = 1 + Math.floor(Math.random() * num);
  return number === NOT_FOUND ? 1 : number;
}
