const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** The path of an address within the sandbox, whatever loopback name it was written with; undefined for any other. */
export function ownPath(address: string | null | undefined): string | undefined {
  if (!address || !URL.canParse(address, location.href)) return undefined;
  const url = new URL(address, location.href);
  const own = url.origin === location.origin || (LOOPBACK.includes(url.hostname) && url.port === location.port);
  return own && url.protocol === location.protocol ? url.pathname + url.search : undefined;
}

/** An address that may be put behind a link: the web's, nothing that runs. */
export function linkable(address: string | null | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}
