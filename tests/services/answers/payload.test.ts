import { MessageFlags } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import type { Answer } from '../../../src/services/answers/answer.ts';
import { toPayload } from '../../../src/services/answers/payload.ts';
import { clip, code, escapeMarkdown, markup, render, t, timestamp } from '../../../src/services/answers/words.ts';
import { cardOf } from '../../../src/services/inspector/card.ts';
import { reportOf } from '../../../src/workers/inspect/report.ts';

const reader = { i18n: createI18n(), locale: 'en' };
const textsOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, own]) =>
    key === 'content' && typeof own === 'string' ? [own] : textsOf(own),
  );
};
const answer = (text: Answer['parts']): Answer => ({ tone: 'info', parts: text });

test('an answer pings nobody, whatever it says', () => {
  const { body } = toPayload(answer([{ kind: 'text', text: markup('<@123456789012345678> @everyone') }]), reader);
  expect(body.allowed_mentions).toEqual({ parse: [] });
});

test('only an answer for one person is ephemeral', () => {
  const of = (visible?: 'public' | 'private') =>
    toPayload({ ...answer([]), ...(visible && { visible }) }, reader).body.flags;
  expect(of('private') & MessageFlags.Ephemeral).toBeTruthy();
  expect(of('public') & MessageFlags.Ephemeral).toBe(0);
  expect(of()).toBe(MessageFlags.IsComponentsV2);
});

test('strangers’ markdown is shown as it was written', () => {
  expect(render('**bold** `code` <@1> [a](b)', reader)).toBe('\\*\\*bold\\*\\* \\`code\\` \\<@1\\> \\[a\\](b)');
  expect(escapeMarkdown('# heading')).toBe('\\# heading');
  expect(render(t('errors.notHere', { who: '*x*' }), reader)).toContain('\\*x\\*');
});

test('a parameter is never read as catalogue syntax', () => {
  expect(render(t('errors.notHere', { who: '{{option}} $t(errors.busy)' }), reader)).toContain(
    '{{option}} $t(errors.busy)',
  );
});

test('all texts together stay within Discord’s limit, and no character is cut in half', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 5_000 }), { maxLength: 6 }), (texts) => {
      const { body } = toPayload(answer(texts.map((text) => ({ kind: 'text', text }))), reader);
      const shown = textsOf(body.components);
      expect(shown.join('').length).toBeLessThanOrEqual(4_000);
      for (const text of shown) expect(text.isWellFormed()).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a code block cannot be left by what is in it, nor when it is cut', () => {
  for (const text of ['a```b', '`'.repeat(5_000), 'x'.repeat(10_000)]) {
    const shown = textsOf(toPayload(answer([{ kind: 'code', text }]), reader).body.components).join('');
    expect(shown.match(/```/g)).toHaveLength(2);
    expect(shown.endsWith('```')).toBe(true);
  }
});

test('inline code holds its backticks and line breaks in', () => {
  expect(code('a`b\nc').markup).toBe('`aˋb c`');
  expect(code('').markup).toBe('` `');
});

test('clip leaves short texts alone and never splits a surrogate pair', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('abcd', 3)).toBe('ab…');
  expect(clip('a😀😀', 3).isWellFormed()).toBe(true);
});

test('a timestamp is in whole seconds', () => {
  expect(timestamp(new Date(1_767_225_600_999)).markup).toBe('<t:1767225600:R>');
});

test('four cards with the most of everything stay within the limits of a message, and say the verdict and what it is', () => {
  const long = (letter: string, length: number) => letter.repeat(length);
  const finding = {
    code: 'link-masked',
    level: 'dangerous',
    params: { shown: long('s', 2_000), domain: long('d', 2_000) },
  } as const;
  const report = reportOf('zip', long('m', 500), {
    findings: Array.from({ length: 60 }, () => finding),
    facts: Array.from(
      { length: 60 },
      () => ({ label: 'title', code: 'plain', params: { value: long('v', 2_000) } }) as const,
    ),
    limits: Array.from({ length: 8 }, () => ({ limit: 'entries', allowed: 20_000, seen: 1e9 }) as const),
    links: Array.from({ length: 100 }, () => `https://example.com/${long('l', 2_000)}`),
    secrets: ['githubToken', 'discordToken'],
    previews: [
      { kind: 'picture', png: new Uint8Array([1]), width: 9, height: 9, alt: long('a', 3_000) },
      ...Array.from({ length: 9 }, () => ({ kind: 'text', language: 'json', text: long('`', 9_000) }) as const),
      { kind: 'table', columns: [long('c', 999)], rows: Array.from({ length: 99 }, () => [long('r', 999)]) },
      {
        kind: 'entries',
        entries: Array.from({ length: 99 }, () => ({ path: long('p', 4_000), bytes: 1, note: long('n', 999) })),
        more: 9,
      },
    ],
    strippable: true,
  });
  const file = { name: long('*', 255), size: 1e12, url: 'https://example.com', contentType: long('t', 999) };
  const card = cardOf({ file, level: 'dangerous', report, sha256: long('f', 64), id: '1' });
  const whole: Answer = {
    ...card,
    parts: [...card.parts, { kind: 'buttons', buttons: [{ label: 'strip', customId: 'x' }] }],
  };
  const { body, files } = toPayload({ ...whole, also: [whole, whole, whole], next: long('x', 9_000) }, reader);
  const components = JSON.stringify(body.components).match(/"type":\d+/g) ?? [];
  expect(components.length).toBeLessThanOrEqual(40);
  expect(textsOf(body.components).join('').length).toBeLessThanOrEqual(4_000);
  expect(files).toHaveLength(4);
  expect(new Set(files.map(({ name }) => name)).size).toBe(4);
  for (const shown of body.components) {
    const text = textsOf([shown]).join('\n');
    expect(text).toContain('**Dangerous**');
    expect(text).toContain('**What it is**');
    expect(JSON.stringify(shown)).toContain('"label":"strip"');
    expect(JSON.stringify(shown)).toMatch(/"description":"a{999}…"/);
  }
});

test('lines and points there is no room for are left out whole, and counted', () => {
  const lines = Array.from({ length: 30 }, (_, at) => `line ${at + 1} ${'*'.repeat(70)}`);
  const parts = [
    { kind: 'lines', title: t('cases.title'), lines },
    { kind: 'points', points: lines },
  ] as const;
  for (const part of parts) {
    const [shown = ''] = textsOf(toPayload(answer([part]), reader).body.components);
    const there = shown.split('\n').filter((line) => /line \d+ (?:\\\*){70}$/.test(line));
    expect(there.length).toBeGreaterThan(5);
    expect(shown.endsWith(`\nand ${30 - there.length} more`)).toBe(true);
  }
  const [all] = textsOf(toPayload(answer([{ kind: 'lines', lines: ['a', 'b'] }]), reader).body.components);
  expect(all).toBe('a\nb');
});

test('a long list among fields gives way to the other fields, and says how much of it is left out', () => {
  const reasons = Array.from({ length: 50 }, (_, at) => `${at + 1}${'_'.repeat(98)}`);
  const fields = [
    [t('moderation.reason'), { list: reasons }],
    [t('moderation.state'), 'x'.repeat(500)],
  ] as const;
  const [shown = ''] = textsOf(toPayload(answer([{ kind: 'fields', fields }]), reader).body.components);
  expect(shown).toContain('x'.repeat(500));
  const there = shown.match(/\d+(?:\\_){98}/g) ?? [];
  expect(there.length).toBeGreaterThan(5);
  expect(shown).toContain(`, and ${50 - there.length} more\n`);
});

test('whatever lines and fields there are, they stay within the limit', () => {
  const texts = fc.array(fc.string({ maxLength: 1_500 }), { maxLength: 30 });
  fc.assert(
    fc.property(texts, (lines) => {
      const fields = lines.map((line) => [line, { list: [line, line] }] as const);
      for (const part of [{ kind: 'lines', lines } as const, { kind: 'fields', fields } as const]) {
        const shown = textsOf(toPayload(answer([part]), reader).body.components).join('');
        expect(shown.length).toBeLessThanOrEqual(3_000);
      }
    }),
    { numRuns: 100 },
  );
});
