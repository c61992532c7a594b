import type { Context } from '../context.ts';
import type { Answer, Part, Select } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { t } from '../services/answers/words.ts';
import { inWords } from '../services/outside/in-words.ts';
import type { WikiSite } from '../services/wiki/sites.ts';
import type { ErrandOutput } from '../workers/io.ts';

/** What the value of a choice may have; longer titles are not offered in a menu. */
const LONGEST_VALUE = 100;
const LONGEST_SHOWN = 800;

type Found = ErrandOutput<'wikiPage'>;

interface Asking {
  readonly title: string;
  readonly site: WikiSite;
  readonly signal: AbortSignal;
  /** The custom id of a menu from which another title can be picked. */
  readonly pick: string;
}

/** A page in short, or what it might be; UserError when there is nothing like it, or the site does not answer. */
export async function wikiAnswer({ title, site, signal, pick }: Asking, context: Context): Promise<Answer> {
  const input = { title, ...(site.api !== undefined && { api: site.api }) };
  const missing = t('commands.wiki.notThere', { site: site.name });
  const work = context.io.errand('wikiPage', input, { signal });
  const found = await inWords(work, { service: site.name, missing, signal }, context);
  switch (found.kind) {
    case 'page':
      return card(found, site);
    case 'several':
      return choices({ title: found.title, intro: 'commands.wiki.several', titles: found.choices, pick, found, site });
    case 'none':
      if (found.meant.length === 0) throw new UserError('commands.wiki.nothing', { title, site: site.name });
      return choices({ title, intro: 'commands.wiki.meant', titles: found.meant, pick, site });
    default: {
      const never: never = found;
      return never;
    }
  }
}

function card(
  { title, site: name, extract, thumbnail, url }: Extract<Found, { kind: 'page' }>,
  site: WikiSite,
): Answer {
  return {
    tone: 'info',
    title,
    ...(thumbnail !== undefined && { thumbnail }),
    parts: [
      { kind: 'text', text: extract === '' ? t('commands.wiki.noExtract') : extract.slice(0, LONGEST_SHOWN) },
      { kind: 'small', text: name || site.name },
      ...opening(url),
    ],
  };
}

interface Choosing {
  readonly title: string;
  readonly intro: 'commands.wiki.several' | 'commands.wiki.meant';
  readonly titles: readonly string[];
  readonly pick: string;
  readonly site: WikiSite;
  readonly found?: Extract<Found, { kind: 'several' }>;
}

function choices({ title, intro, titles, pick, site, found }: Choosing): Answer {
  const options = titles.filter((one) => one.length <= LONGEST_VALUE).map((one) => ({ value: one, label: one }));
  const select: Select = { of: 'text', customId: pick, placeholder: t('commands.wiki.pick'), options };
  return {
    tone: 'info',
    title,
    parts: [
      { kind: 'text', text: t(intro, { title, site: site.name }) },
      ...(options.length > 0 ? [{ kind: 'select', select } as const] : []),
      { kind: 'small', text: found?.site || site.name },
      ...opening(found?.url),
    ],
  };
}

function opening(url: string | undefined): readonly Part[] {
  return url === undefined ? [] : [{ kind: 'buttons', buttons: [{ label: t('commands.wiki.open'), url }] }];
}
