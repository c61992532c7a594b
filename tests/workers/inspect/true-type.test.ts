import { describe, expect, test } from 'vitest';
import { trueType } from '../../../src/workers/inspect/true-type.ts';
import { concat, latin1 } from '../../files/bytes.ts';
import { bzip2 } from '../../files/bzip2.ts';
import { dmg, elf, fatMacho, gif, iso, javaClass, jpeg, lnk, macho, msi, pdf, pe } from '../../files/executables.ts';
import { gzip } from '../../files/gzip.ts';
import { xz } from '../../files/lzma.ts';
import { onePage } from '../../files/pdf.ts';
import { randomOf } from '../../files/random.ts';
import { rar4, rar5 } from '../../files/rar.ts';
import { sevenZip } from '../../files/sevenzip.ts';
import { tar } from '../../files/tar.ts';
import { zip } from '../../files/zip.ts';

const word = (folder: string) =>
  zip([{ path: '[Content_Types].xml', content: '<Types/>' }, { path: `${folder}/document.xml` }]);
const hello = new TextEncoder().encode('hello');

const DISKS = [
  ['a virtual disk (VHD) that does not grow', 2_048 - 512, 'conectix'],
  ['a virtual disk (VHD) that grows', 0, 'conectix'],
  ['a virtual disk (VHDX)', 0, 'vhdxfile'],
  ['a virtual disk (VMDK)', 0, 'KDMV'],
  ['a virtual disk (QCOW)', 0, 'QFI\xfb'],
  ['a virtual disk (VDI)', 0x40, '\x7f\x10\xda\xbe'],
  ['a Windows image', 0, 'MSWIM\0\0\0'],
  ['squashfs', 0, `hsqs${'\0'.repeat(24)}\x04\0\0\0`],
  ['a disk with partitions', 512, 'EFI PART\0\0\x01\0'],
  ['ext4 without anything around it', 0x438, `\x53\xef\x01${'\0'.repeat(17)}\x01`],
  ['FAT without anything around it', 0x36, `FAT16   ${'\0'.repeat(448)}\x55\xaa`],
] as const;

/** So many bytes, one text among them. */
function withAt(length: number, at: number, text: string, fill = 0): Uint8Array {
  const bytes = new Uint8Array(length).fill(fill);
  bytes.set(latin1(text), at);
  return bytes;
}

const KINDS: readonly (readonly [string, Uint8Array, string, string?])[] = [
  ['nothing', new Uint8Array(0), 'empty'],
  ['text', hello, 'text'],
  ['zeros', new Uint8Array(10_000), 'unknown'],
  ['a plain zip', zip([{ path: 'a.txt', content: 'a' }]), 'zip'],
  ['an empty zip', zip([]), 'zip'],
  ['a zip behind something else', zip([{ path: 'a.txt', content: 'a' }], { before: '\0\x01junk\xff\xfe' }), 'zip'],
  ['a Word document', word('word'), 'docx'],
  ['an Excel workbook', word('xl'), 'xlsx'],
  ['a presentation', word('ppt'), 'pptx'],
  ['an Android app', zip([{ path: 'classes.dex' }, { path: 'AndroidManifest.xml' }]), 'apk'],
  ['a Java program', zip([{ path: 'META-INF/MANIFEST.MF' }, { path: 'Main.class' }]), 'jar'],
  ['a Java class', javaClass(), 'javaClass'],
  ['a tar', tar([{ path: 'a', content: 'a' }]), 'tar'],
  ['gzip', gzip('a'), 'gzip'],
  ['bzip2', bzip2(hello), 'bzip2'],
  ['xz', xz(hello), 'xz'],
  ['7z', sevenZip([{ path: 'a', content: 'a' }]), 'sevenZip'],
  ['RAR 5', rar5([]), 'rar'],
  ['RAR 4', rar4([]), 'rar'],
  ['a PDF', pdf, 'pdf'],
  ['a GIF', gif, 'gif'],
  ['a JPEG', jpeg, 'jpeg'],
  ['a Windows program', pe(), 'pe'],
  [
    'a text that begins like one',
    latin1('MZ is short for Mark Zbikowski, and this is a long enough sentence about it.'),
    'text',
  ],
  ['a Linux program', elf(), 'elf'],
  ['a macOS program', macho(), 'macho'],
  ['a macOS program for two processors', fatMacho(), 'macho'],
  ['a Windows installer', msi(), 'installer'],
  ['a Windows shortcut', lnk(), 'shortcut'],
  ['an internet shortcut', latin1('[InternetShortcut]\r\nURL=https://example.org/\r\n'), 'shortcut'],
  ['a Linux shortcut', latin1('#!/usr/bin/env xdg-open\n[Desktop Entry]\nExec=sh -c true\n'), 'shortcut'],
  ['an ISO image', iso(), 'diskImage'],
  ['a macOS disk image', dmg(), 'diskImage'],
  ['a macOS program for several processors, in its wide form', latin1('\xca\xfe\xba\xbf\0\0\0\x02'), 'macho'],
  ...DISKS.map(([what, at, signature]) => [what, withAt(2_048, at, signature), 'diskImage'] as const),
  ['a text of two letters where a disk has its mark', withAt(2_048, 0x438, 'S\xef', 0x41), 'text'],
  ['a tar with a PDF', tar([{ path: 'a.pdf', content: onePage({ lines: ['hi'] }) }]), 'tar'],
  ['a PDF behind a line', concat([latin1('x\n'), onePage({ lines: ['hi'] })]), 'pdf'],
  ['a PDF behind zeros', concat([new Uint8Array(500), onePage({ lines: ['hi'] })]), 'pdf'],
  [
    'a text about PDFs',
    latin1('A PDF begins with %PDF-1.7 and has objects: 1 0 obj << ... >> endobj\n'.repeat(3)),
    'text',
  ],
  ['a script by its first line', latin1('#!/bin/sh\necho hi\n'), 'script'],
  ['a script by its name', latin1('echo hi\n'), 'script', 'install.BAT'],
  ['a program by name, a picture by content', gif, 'gif', 'cat.exe'],
];

describe('what a file is, by its content', () => {
  for (const [what, bytes, type, name] of KINDS) {
    test(what, async () => expect((await trueType(bytes, name)).type).toBe(type));
  }
});

test('a file cut off anywhere is still told, or said to be unknown, without an error', async () => {
  for (const [, bytes] of KINDS) {
    for (let length = 0; length < Math.min(bytes.length, 4_096); length += 10) {
      expect((await trueType(bytes.subarray(0, length))).mime).toMatch(/\//);
    }
  }
});

test('noise behind every beginning is no error', async () => {
  const random = randomOf(3);
  for (const [, bytes] of KINDS) {
    for (let round = 0; round < 5; round++) {
      const noise = Uint8Array.from({ length: 600 }, () => random.below(256));
      expect((await trueType(concat([bytes.subarray(0, random.below(64)), noise]))).mime).toMatch(/\//);
    }
  }
});
