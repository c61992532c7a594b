import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { ErrandTools } from '../errand.ts';
import { webAddress } from '../web-address.ts';

/** The address of a wiki's API as a server's people named it; without one it is the operator's Wikipedia. */
export const Api = Type.Optional(Type.String({ pattern: '^https://', maxLength: 300 }));
export type Api = Static<typeof Api>;

export const Title = Type.String({ minLength: 1, maxLength: 255 });

/** What comes of a title in every wiki: a bar would ask for several pages, the rest is in no title. */
export function titleOf(typed: string): string {
  return typed.replaceAll(/[|#<>[\]{}\p{Cc}]/gu, ' ').trim();
}

/** Asks a MediaWiki site. An address that its people named is not trusted; the operator's is. */
export function askWiki<T extends TSchema>(
  api: Api | undefined,
  params: Readonly<Record<string, string>>,
  schema: T,
  { http, config, signal }: ErrandTools,
): Promise<Static<T>> {
  const url = new URL(api ?? config.WIKIPEDIA_URL);
  const asked = { ...params, format: 'json', formatversion: '2' };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return http.json(url, schema, { signal, fromMembers: api !== undefined });
}

/** An address that a wiki gave for one of its pages, when it leads to the wiki itself; the operator's is believed. */
export function ownAddress(text: string | undefined, api: Api | undefined): string | undefined {
  const address = webAddress((text ?? '').replace(/^http:/, 'https:'));
  if (address === undefined || api === undefined) return address;
  return new URL(address).host === new URL(api).host ? address : undefined;
}

const WIKIMEDIA =
  /(?:^|\.)(?:wikipedia|wiktionary|wikibooks|wikinews|wikiquote|wikisource|wikiversity|wikivoyage|wikimedia)\.org$/;
const WIKIMEDIA_FILES = 'upload.wikimedia.org';

/** A picture on the wiki's own host, or on the one that Wikimedia's wikis share; no other is shown. */
export function ownPicture(text: string | undefined, api: string): string | undefined {
  const address = webAddress(text ?? '');
  const host = new URL(api).hostname;
  if (address === undefined) return undefined;
  const { hostname } = new URL(address);
  return hostname === host || (hostname === WIKIMEDIA_FILES && WIKIMEDIA.test(host)) ? address : undefined;
}
