import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listedIn, packDomains } from '../../../src/lib/links/domain-list.ts';
import { judgeLink } from '../../../src/lib/links/judge.ts';

const list = (name: string, ...domains: readonly string[]) => ({ name, hashes: packDomains(domains) });

test('a list has its domains and everything below them, and nothing else', () => {
  const domain = fc.webUrl({ withQueryParameters: false, withFragments: false }).map((url) => new URL(url).hostname);
  fc.assert(
    fc.property(fc.uniqueArray(domain, { minLength: 1, maxLength: 20 }), domain, (domains, other) => {
      const listed = listedIn([list('x', ...domains)]);
      for (const one of domains) {
        expect(listed(one)).toBe('x');
        expect(listed(`www.deep.${one}.`)).toBe('x');
      }
      const below = domains.some((one) => other === one || other.endsWith(`.${one}`));
      expect(listed(other)).toBe(below ? 'x' : undefined);
    }),
    { numRuns: 30 },
  );
});

test('of several lists the first that has it is named; without any nothing is listed', () => {
  const listed = listedIn([list('one', 'a.com'), list('none'), list('two', 'b.com', 'a.com')]);
  expect(['x.a.com', 'b.com', 'c.com', 'com', ''].map(listed)).toEqual(['one', 'two', undefined, undefined, undefined]);
  expect(listedIn([])('a.com')).toBeUndefined();
  expect(listedIn([list('x', 'a.com')])(`${'b.'.repeat(5_000)}a.com`)).toBe('x');
});

test('a link to a listed domain is dangerous, also through a page that sends on, or in other letters', () => {
  const listed = listedIn([list('x', 'evil-shop.com', 'xn--bcher-kva.net')]);
  const codes = (url: string) => judgeLink(url, '', listed).findings.map(({ code, level }) => `${code} ${level}`);
  expect(codes('https://evil-shop.com/a')).toEqual(['link-listed dangerous']);
  expect(codes('HTTPS://EVIL-SHOP.COM:443')).toEqual(['link-listed dangerous']);
  expect(codes('https://www.google.com/url?q=https://evil-shop.com')).toEqual(['link-listed dangerous']);
  expect(codes('https://bücher.net')).toContain('link-listed dangerous');
  expect(codes('https://good-shop.com/?u=evil-shop.com')).toEqual([]);
});
