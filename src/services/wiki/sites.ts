import { createHash } from 'node:crypto';
import { UserError } from '../answers/user-error.ts';
import { clip } from '../answers/words.ts';
import type { Settings } from '../settings/settings.ts';

/** A wiki that can be asked; without `api` it is the operator's Wikipedia. */
export interface WikiSite {
  readonly name: string;
  readonly api?: string;
}

export const WIKIPEDIA: WikiSite = { name: 'Wikipedia' };

/** What can be asked in a server: Wikipedia, and what the server has named. In direct messages Wikipedia alone. */
export async function sitesOf(guild: string | null, settings: Pick<Settings, 'of'>): Promise<readonly WikiSite[]> {
  return guild === null ? [WIKIPEDIA] : [WIKIPEDIA, ...(await settings.of(guild, 'wiki')).sites];
}

/** The site of that name, Wikipedia when none is named. UserError when the server has no such site. */
export async function siteMeant(
  name: string | undefined,
  guild: string | null,
  settings: Pick<Settings, 'of'>,
): Promise<WikiSite> {
  if (name === undefined) return WIKIPEDIA;
  const sites = await sitesOf(guild, settings);
  const meant = sites.find((site) => site.name.toLowerCase() === name.trim().toLowerCase());
  if (meant) return meant;
  throw new UserError('commands.wiki.noSite', {
    name: clip(name, 64),
    sites: { list: sites.map((site) => site.name) },
  });
}

/** Tells a site from the others of its server in a custom id, which has no room for its name. */
export function siteKey({ api }: WikiSite): string {
  return api === undefined ? '' : createHash('sha256').update(api).digest('base64url').slice(0, 12);
}
