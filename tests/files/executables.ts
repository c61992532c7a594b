import { concat, latin1, padded, u16, u32 } from './bytes.ts';

/** A Windows program: headers and no code. */
export function pe({
  machine = 0x8664,
  library = false,
  sections = ['.text'],
  signed = false,
  net = false,
} = {}): Uint8Array {
  const directories = new Uint8Array(16 * 8);
  if (signed) directories.set(u32(500), 4 * 8 + 4);
  if (net) directories.set(u32(72), 14 * 8 + 4);
  const optional = concat([padded(concat([u16(0x20b), new Uint8Array(66), u16(2)]), 112), directories]);
  const file = concat([
    u16(machine),
    u16(sections.length),
    new Uint8Array(12),
    u16(optional.length),
    u16(library ? 0x2022 : 0x22),
  ]);
  const dos = padded(
    concat([latin1('MZ'), new Uint8Array(58), u32(128), latin1('This program cannot be run in DOS mode')]),
    128,
  );
  const table = sections.map((name) => padded(latin1(name), 40));
  return padded(concat([dos, latin1('PE\0\0'), file, optional, ...table]), 1_024);
}

export function elf({ machine = 62, kind = 2 } = {}): Uint8Array {
  return padded(concat([latin1('\x7fELF\x02\x01\x01'), new Uint8Array(9), u16(kind), u16(machine)]), 64);
}

export function macho({ machine = 0x100000c } = {}): Uint8Array {
  return padded(concat([latin1('\xcf\xfa\xed\xfe'), u32(machine), u32(0), u32(2)]), 64);
}

export function fatMacho(): Uint8Array {
  const big = (value: number) => u32(value).toReversed();
  return padded(concat([latin1('\xca\xfe\xba\xbe'), big(2), big(0x1000007), new Uint8Array(16), big(0x100000c)]), 128);
}

export function javaClass(): Uint8Array {
  return padded(Uint8Array.of(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61), 64);
}

/** A Windows shortcut with a target and words behind it. */
export function lnk({ target = 'C:\\Windows\\System32\\cmd.exe', words = '' } = {}): Uint8Array {
  const header = padded(
    concat([u32(76), latin1('\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F'), u32(2 | 128 | (words === '' ? 0 : 32))]),
    76,
  );
  const path = latin1(`${target}\0`);
  const info = concat([u32(28 + path.length), u32(28), u32(1), u32(0), u32(28), u32(0), u32(0), path]);
  const text = Uint8Array.from([...words].flatMap((char) => [char.charCodeAt(0), 0]));
  return concat([header, info, ...(words === '' ? [] : [u16(words.length), text])]);
}

export function iso(): Uint8Array {
  const image = new Uint8Array(0x8800);
  image.set(latin1('CD001'), 0x8001);
  return image;
}

export function dmg(): Uint8Array {
  return concat([new Uint8Array(2_000).fill(7), padded(latin1('koly\0\0\0\x04'), 512)]);
}

/** A Windows installer: the container of old Office documents, with the class of installers at its root. */
export function msi(): Uint8Array {
  const header = padded(latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 512);
  header.set(u16(9), 30);
  header.set(u32(0), 48);
  const root = new Uint8Array(512);
  root.set(latin1('\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0F'), 80);
  return concat([header, root]);
}

/** The smallest of pictures, each with room for something behind it. */
export const gif = latin1('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;');
export const jpeg = latin1('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9');
export const pdf = latin1('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
