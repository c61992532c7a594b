/** Where an attribute of a page leads. */
export type Address =
  | { readonly kind: 'elsewhere'; readonly url: string }
  | { readonly kind: 'script'; readonly code: string }
  | { readonly kind: 'data'; readonly mime: string; readonly base64: boolean; readonly data: string }
  | { readonly kind: 'here' };

/** Browsers drop these from addresses before they look at them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const DROPPED = /[\u0000-\u0020]/g;
const LONGEST_SCHEME = 200;
const NOTHING = /^(?:void\(?0?\)?|undefined|;|false|history\.(?:back|go)\(-?\d?\)|return(?:false)?)?;?$/;

/** What a browser makes of an address; `base` is where addresses without a host of their own begin. */
export function addressOf(value: string, base = ''): Address {
  const start = value.slice(0, LONGEST_SCHEME).replace(DROPPED, '');
  const scheme = /^([a-z][a-z0-9+.-]{0,40}):/i.exec(start)?.[1]?.toLowerCase();
  if (scheme === 'javascript' || scheme === 'vbscript') {
    const code = value.slice(value.indexOf(':') + 1);
    return NOTHING.test(code.slice(0, 40).replace(DROPPED, '')) ? { kind: 'here' } : { kind: 'script', code };
  }
  if (scheme === 'data') return dataOf(value);
  if (scheme === 'about' || scheme === 'blob' || scheme === 'cid') return { kind: 'here' };
  if (scheme !== undefined) return { kind: 'elsewhere', url: value.trim() };
  if (/^[\\/]{2}/.test(start)) return { kind: 'elsewhere', url: `https://${value.trim().replace(/^[\\/]{2}/, '')}` };
  const resolved = base === '' || start.startsWith('#') ? null : URL.parse(value.trim().slice(0, 2_048), base);
  return resolved ? { kind: 'elsewhere', url: resolved.href } : { kind: 'here' };
}

function dataOf(value: string): Address {
  const comma = value.indexOf(',');
  const head = value.slice(value.indexOf(':') + 1, comma === -1 ? value.length : comma).toLowerCase();
  const mime = /^\s{0,20}([a-z]{1,40}\/[a-z0-9.+-]{1,80})/.exec(head)?.[1] ?? 'text/plain';
  return { kind: 'data', mime, base64: head.includes(';base64'), data: comma === -1 ? '' : value.slice(comma + 1) };
}

/** The bytes of a data address. */
export function bytesOf({ base64, data }: Extract<Address, { kind: 'data' }>): Uint8Array {
  const plain = data.includes('%') ? unescaped(data) : data;
  return base64 ? new Uint8Array(Buffer.from(plain, 'base64')) : new TextEncoder().encode(plain);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
