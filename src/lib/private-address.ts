import { BlockList, isIP } from 'node:net';

/** Loopback, private, link-local, shared (CGNAT), test, multicast and reserved ranges: nothing a stranger may send us to. */
const V4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3';
/** The same of IPv6, and what carries an IPv4 address of its own (6to4, Teredo, compatible, translated, a network's own NAT64). */
const V6 =
  '::/96 ::ffff:0:0:0/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8';
/** IPv4 in IPv6 clothes: mapped, and as NAT64 hands it out on networks without IPv4. */
const EMBEDDED = /^(?:::ffff:|64:ff9b::)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/;

const RANGES = new BlockList();
for (const range of V4.split(' ')) addRange(range, 'ipv4');
for (const range of V6.split(' ')) addRange(range, 'ipv6');

/** Whether an IP address is not on the public internet; also true for what is no IP address. */
export function isPrivate(address: string): boolean {
  const [bare = ''] = address.split('%');
  switch (isIP(bare)) {
    case 4:
      return RANGES.check(bare, 'ipv4');
    case 6:
      return isPrivateV6(new URL(`http://[${bare}]`).hostname.slice(1, -1));
    default:
      return true;
  }
}

/** `address` in its shortest spelling. */
function isPrivateV6(address: string): boolean {
  const [, high = '0', low] = EMBEDDED.exec(address) ?? [];
  if (low === undefined) return RANGES.check(address, 'ipv6');
  const groups = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return RANGES.check(groups.flatMap((group) => [group >> 8, group & 255]).join('.'), 'ipv4');
}

function addRange(range: string, type: 'ipv4' | 'ipv6'): void {
  const [net = '', bits] = range.split('/');
  RANGES.addSubnet(net, Number(bits), type);
}
