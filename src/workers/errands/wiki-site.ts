import { Type } from '@sinclair/typebox';
import { HttpGoneError, HttpRefusedError } from '../../lib/http-errors.ts';
import { defineErrand } from '../errand.ts';
import { short } from '../short-text.ts';
import { askWiki } from '../wiki/api.ts';

/** Where MediaWiki's API stands: as it comes, and as Wikimedia and many others have it. */
const USUAL = ['/api.php', '/w/api.php'];

const About = Type.Object({ query: Type.Object({ general: Type.Object({ sitename: Type.String() }) }) });

/** Finds the API of the MediaWiki site at an address that somebody named: the API's own, or that of any of its pages. */
export default defineErrand({
  input: Type.Object({ address: Type.String({ pattern: '^https://', maxLength: 300 }) }),
  output: Type.Object({ api: Type.String({ maxLength: 300 }), site: Type.String({ maxLength: 100 }) }),
  async run({ address }, tools) {
    const url = URL.parse(address);
    if (url?.username !== '' || url.password !== '') throw new HttpGoneError('that is no address');
    const named = url.pathname.endsWith('.php') ? [`${url.origin}${url.pathname}`] : [];
    let missing = new HttpGoneError(`${url.host} has no API of MediaWiki`);
    for (const api of named.length > 0 ? named : USUAL.map((path) => `${url.origin}${path}`)) {
      try {
        const { query } = await askWiki(api, { action: 'query', meta: 'siteinfo' }, About, tools);
        return { api, site: short(query.general.sitename, 100) };
      } catch (error) {
        // What is another site's, or none, answers with a page of its own.
        if (!(error instanceof HttpGoneError || error instanceof HttpRefusedError)) throw error;
        missing = new HttpGoneError(missing.message, { cause: error });
      }
    }
    throw missing;
  },
});
