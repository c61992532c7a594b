import { hasAt } from './magic.ts';
import type { Fact, Finding } from './report.ts';
import { safeText } from './safe-text.ts';

/** What a program's headers say of it: for which machine, of which kind; read as far as they go. */
export interface ProgramFacts {
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
}

const MACHINES: Readonly<Record<'pe' | 'elf' | 'macho', Readonly<Record<number, string>>>> = {
  pe: { 332: 'x86', 34404: 'x86-64', 448: 'ARM', 452: 'ARM', 43620: 'ARM64', 512: 'Itanium' },
  elf: {
    2: 'SPARC',
    3: 'x86',
    8: 'MIPS',
    20: 'PowerPC',
    21: 'PowerPC 64',
    40: 'ARM',
    62: 'x86-64',
    183: 'ARM64',
    243: 'RISC-V',
  },
  macho: { 7: 'x86', 16777223: 'x86-64', 12: 'ARM', 16777228: 'ARM64', 18: 'PowerPC' },
};
const SUBSYSTEMS: Readonly<Record<number, string>> = {
  1: 'driver',
  2: 'window',
  3: 'console',
  10: 'EFI',
  11: 'EFI',
  12: 'EFI',
};
const ELF_KINDS: Readonly<Record<number, string>> = {
  1: 'object',
  2: 'program',
  3: 'program or library',
  4: 'core dump',
};
const MACHO_KINDS: Readonly<Record<number, string>> = {
  1: 'object',
  2: 'program',
  6: 'library',
  8: 'bundle',
  9: 'library',
};
const PACKERS: readonly (readonly [string, string])[] = [
  ['UPX', 'UPX'],
  ['.aspack', 'ASPack'],
  ['.vmp', 'VMProtect'],
  ['.themida', 'Themida'],
  ['.enigma', 'Enigma'],
  ['.petite', 'Petite'],
  ['MPRESS', 'MPRESS'],
];
const MOST_SECTIONS = 96;
const SECTION = 40;

/** Windows: the header that the one for DOS points to. */
export function peFacts(bytes: Uint8Array): ProgramFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = view.getUint32(0x3c, true);
  if (!hasAt(bytes, at, 'PE\0\0') || at + 24 + 96 > bytes.length) return { facts: [], findings: [] };
  const sections = Math.min(view.getUint16(at + 6, true), MOST_SECTIONS);
  const optional = at + 24;
  const table = optional + view.getUint16(at + 20, true);
  const library = (view.getUint16(at + 22, true) & 0x2000) !== 0;
  const directories = optional + (view.getUint16(optional, true) === 0x20b ? 112 : 96);
  const has = (index: number) =>
    directories + index * 8 + 8 <= bytes.length && view.getUint32(directories + index * 8 + 4, true) > 0;
  const kind = [
    SUBSYSTEMS[view.getUint16(optional + 68, true)] ?? '?',
    library ? 'library' : 'program',
    has(14) ? '.NET' : '',
  ];
  const names = Array.from({ length: sections }, (_, index) => ascii(bytes, table + index * SECTION, 8));
  const packer = PACKERS.find(([start]) => names.some((name) => name.startsWith(start)))?.[1];
  return {
    facts: [
      plain('machine', MACHINES.pe[view.getUint16(at + 4, true)] ?? '?'),
      plain('kind', kind.filter((part) => part !== '').join(', ')),
      { label: 'signature', code: has(4) ? 'signed' : 'unsigned', params: {} },
    ],
    findings: packer ? [{ code: 'program-packed', level: 'careful', params: { packer } }] : [],
  };
}

/** Linux and its kin. */
export function elfFacts(bytes: Uint8Array): ProgramFacts {
  if (bytes.length < 52) return { facts: [], findings: [] };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[5] === 1;
  const upx = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096)).includes('UPX!');
  return {
    facts: [
      plain('machine', MACHINES.elf[view.getUint16(18, little)] ?? '?'),
      plain('kind', ELF_KINDS[view.getUint16(16, little)] ?? '?'),
    ],
    findings: upx ? [{ code: 'program-packed', level: 'careful', params: { packer: 'UPX' } }] : [],
  };
}

/** macOS: one program, or several for one processor each. */
export function machoFacts(bytes: Uint8Array): ProgramFacts {
  if (bytes.length < 28) return { facts: [], findings: [] };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (hasAt(bytes, 0, '\xca\xfe\xba\xbe')) {
    const count = Math.min(view.getUint32(4), Math.floor((bytes.length - 8) / 20), 8);
    const machines = Array.from({ length: count }, (_, index) => MACHINES.macho[view.getUint32(8 + index * 20)] ?? '?');
    return { facts: [plain('machine', machines.join(', '))], findings: [] };
  }
  const little = bytes[3] === 0xfe;
  return {
    facts: [
      plain('machine', MACHINES.macho[view.getUint32(4, little)] ?? '?'),
      plain('kind', MACHO_KINDS[view.getUint32(12, little)] ?? '?'),
    ],
    findings: [],
  };
}

function plain(label: Fact['label'], value: string): Fact {
  return { label, code: 'plain', params: { value } };
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return safeText(String.fromCharCode(...bytes.subarray(at, at + length)).replaceAll('\0', ''), length * 2);
}
