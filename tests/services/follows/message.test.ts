import { expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { plainNews } from '../../../src/services/follows/message.ts';

const reader = { i18n: createI18n(), locale: 'en' } as const;

function newsFor(role: string) {
  const number = Number.MAX_SAFE_INTEGER;
  const url = `https://example.com/${'a'.repeat(140)}`;
  const item = { title: '*'.repeat(200), text: '', url, by: '', at: null };
  const items = Array.from({ length: 5 }, () => ({ ...item, activity: { kind: 'pulls.reopened' as const, number } }));
  return { url, payload: { follow: '1', title: '*'.repeat(200), home: null, role, more: number, items } };
}

test('whatever strangers call things, news without cards is no longer than Discord takes, and has all addresses', () => {
  const { payload, url } = newsFor('9'.repeat(20));
  const { content = '' } = plainNews(payload, reader);
  expect(content.length).toBeLessThanOrEqual(2_000);
  expect(content.split(`${url}\n`)).toHaveLength(5);
  expect(content.endsWith(url)).toBe(true);
  // Words of another language may be longer.
  expect(plainNews(newsFor('9'.repeat(60)).payload, reader).content?.length).toBe(2_000);
});
