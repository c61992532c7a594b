import { describe, expect, test } from 'vitest';
import { nameFindings, suspiciousName } from '../../../src/workers/inspect/names.ts';
import { NAMES } from '../../files/names.ts';

describe('a name alone', () => {
  for (const [name, code, level] of NAMES) {
    test(`${JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)}: ${code ?? 'nothing to say'}`, () => {
      const finding = suspiciousName(name);
      expect([finding?.code, finding?.level]).toEqual([code, level]);
    });
  }

  test('what is shown of it is short and has no marks left in it', () => {
    for (const [name] of NAMES) {
      for (const value of Object.values(suspiciousName(name)?.params ?? {})) {
        expect(String(value).length).toBeLessThanOrEqual(100);
        expect(String(value)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]|\p{Cc}/u);
      }
    }
  });
});

describe('a name against the content', () => {
  const png = { type: 'png', mime: 'image/png' } as const;
  const pe = { type: 'pe', mime: 'application/vnd.microsoft.portable-executable' } as const;
  const text = { type: 'text', mime: 'text/plain' } as const;
  const zip = { type: 'zip', mime: 'application/zip' } as const;
  const cases = [
    ['cat.png', 'image/png', png, []],
    ['cat.jpg', 'image/jpeg', png, ['not-what-it-says safe']],
    ['cat.png', 'image/png', pe, ['not-what-it-says dangerous']],
    ['cat.png', 'image/png', text, ['not-what-it-says careful']],
    ['cat', 'image/png', pe, ['not-as-declared dangerous']],
    ['cat', 'image/png; charset=binary', png, []],
    ['cat', '', png, []],
    ['report.docx', '', zip, ['not-what-it-says careful']],
    ['report.zip', '', { type: 'docx', mime: 'application/x' }, []],
    ['setup.exe', '', pe, []],
    ['setup.exe', '', { type: 'unknown', mime: 'application/octet-stream' }, ['runs-by-name careful']],
    ['notes.log', 'text/plain', text, []],
    ['empty.png', 'image/png', { type: 'empty', mime: 'application/x-empty' }, []],
    ['invoice.pdf.exe', 'application/pdf', pe, ['double-extension dangerous', 'not-as-declared dangerous']],
  ] as const;
  for (const [name, declared, found, expected] of cases) {
    test(`${name}, sent as ${declared || 'nothing'}, is ${found.type}: ${expected.join(', ') || 'nothing to say'}`, () => {
      expect(nameFindings(name, declared, found).map(({ code, level }) => `${code} ${level}`)).toEqual(expected);
    });
  }
});
