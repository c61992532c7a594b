import { expect, test } from 'vitest';
import { readDomains } from '../../../src/workers/external/read-domains.ts';

const FORMS: Readonly<Record<string, string>> = {
  'a file of hosts':
    '# Title: hosts\r\n127.0.0.1\tlocalhost\r\n::1 localhost\r\n\r\n0.0.0.0 bad.com # since May\r\n127.0.0.1\tworse.net\r\n',
  'a domain a line': '! updated daily\nbad.com\n  worse.net  \n; end',
  'domains with all below them': '*.bad.com\n*.worse.net',
  'an ad blocker’s list': '[Adblock Plus 2.0]\n! Title: x\n||bad.com^\n||worse.net^$all\n||worse.net^$document,popup\n',
  'an array': ' ["bad.com", "worse.net"]',
  'an object': '{"version": 2, "domains": ["bad.com", "worse.net"]}',
};

test.each(Object.entries(FORMS))('%s is a list of domains', async (_, text) => {
  const { domains, invalid } = await readDomains(text, 100);
  expect([...domains]).toEqual(['bad.com', 'worse.net']);
  expect(invalid).toBe(text.includes('localhost') ? 2 : 0);
});

test('a rule of an ad blocker that does not mean the whole domain is none', async () => {
  const rules = ['||bad.com/path^', '||bad.com^$script', '@@||bad.com^', 'bad.com##.ad', '/bad/'];
  expect(await readDomains(rules.join('\n'), 100)).toEqual({ domains: new Set(), invalid: rules.length });
});
