import type { Report } from './report.ts';

interface Magic {
  readonly type: Report['type'];
  readonly mime: string;
  /** Where the signature stands; from the end when negative. */
  readonly at: number;
  /** A character is a byte. */
  readonly signature: string;
}

const PE_POINTER = 0x3c;
const ELF = '\x7fELF';

/** Signatures that leave no doubt, the most telling first. Zips and what is made of them are told apart elsewhere. */
const MAGIC: readonly Magic[] = [
  { type: 'pdf', mime: 'application/pdf', at: 0, signature: '%PDF-' },
  { type: 'png', mime: 'image/png', at: 0, signature: '\x89PNG\r\n\x1a\n' },
  { type: 'jpeg', mime: 'image/jpeg', at: 0, signature: '\xff\xd8\xff' },
  { type: 'gif', mime: 'image/gif', at: 0, signature: 'GIF87a' },
  { type: 'gif', mime: 'image/gif', at: 0, signature: 'GIF89a' },
  { type: 'webp', mime: 'image/webp', at: 8, signature: 'WEBP' },
  { type: 'gzip', mime: 'application/gzip', at: 0, signature: '\x1f\x8b\x08' },
  { type: 'xz', mime: 'application/x-xz', at: 0, signature: '\xfd7zXZ\0' },
  { type: 'sevenZip', mime: 'application/x-7z-compressed', at: 0, signature: '7z\xbc\xaf\x27\x1c' },
  { type: 'rar', mime: 'application/vnd.rar', at: 0, signature: 'Rar!\x1a\x07\0' },
  { type: 'rar', mime: 'application/vnd.rar', at: 0, signature: 'Rar!\x1a\x07\x01\0' },
  { type: 'elf', mime: 'application/x-elf', at: 0, signature: ELF },
  { type: 'macho', mime: 'application/x-mach-binary', at: 0, signature: '\xfe\xed\xfa\xce' },
  { type: 'macho', mime: 'application/x-mach-binary', at: 0, signature: '\xfe\xed\xfa\xcf' },
  { type: 'macho', mime: 'application/x-mach-binary', at: 0, signature: '\xce\xfa\xed\xfe' },
  { type: 'macho', mime: 'application/x-mach-binary', at: 0, signature: '\xcf\xfa\xed\xfe' },
  { type: 'macho', mime: 'application/x-mach-binary', at: 0, signature: '\xca\xfe\xba\xbf' },
  {
    type: 'shortcut',
    mime: 'application/x-ms-shortcut',
    at: 0,
    signature: 'L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F',
  },
  { type: 'installer', mime: 'application/vnd.debian.binary-package', at: 0, signature: '!<arch>\ndebian-binary' },
  { type: 'installer', mime: 'application/x-rpm', at: 0, signature: '\xed\xab\xee\xdb' },
  { type: 'diskImage', mime: 'application/x-iso9660-image', at: 0x8001, signature: 'CD001' },
  { type: 'diskImage', mime: 'application/x-iso9660-image', at: 0x8001, signature: 'BEA01' },
  { type: 'diskImage', mime: 'application/x-apple-diskimage', at: -512, signature: 'koly\0\0\0\x04' },
  { type: 'diskImage', mime: 'application/x-vhd', at: 0, signature: 'conectix' },
  { type: 'diskImage', mime: 'application/x-vhd', at: -512, signature: 'conectix' },
  { type: 'diskImage', mime: 'application/x-vhdx', at: 0, signature: 'vhdxfile' },
  { type: 'diskImage', mime: 'application/x-vmdk', at: 0, signature: 'KDMV' },
  { type: 'diskImage', mime: 'application/x-qemu-disk', at: 0, signature: 'QFI\xfb' },
  { type: 'diskImage', mime: 'application/x-ms-wim', at: 0, signature: 'MSWIM\0\0\0' },
  { type: 'diskImage', mime: 'application/x-virtualbox-vdi', at: 0x40, signature: '\x7f\x10\xda\xbe' },
  { type: 'diskImage', mime: 'application/x-raw-disk-image', at: 512, signature: 'EFI PART\0\0\x01\0' },
];

/** Whether the bytes at `at` (from the end when negative) are those of `signature`. */
export function hasAt(bytes: Uint8Array, at: number, signature: string): boolean {
  const start = at < 0 ? bytes.length + at : at;
  if (start < 0 || start + signature.length > bytes.length) return false;
  for (let index = 0; index < signature.length; index++) {
    if (bytes[start + index] !== signature.charCodeAt(index)) return false;
  }
  return true;
}

/** What fixed bytes at fixed places say. */
export function byMagic(bytes: Uint8Array): Pick<Magic, 'type' | 'mime'> | undefined {
  const found = MAGIC.find(({ at, signature }) => hasAt(bytes, at, signature));
  if (found) return found;
  if (isBzip2(bytes)) return { type: 'bzip2', mime: 'application/x-bzip2' };
  if (isFileSystem(bytes)) return { type: 'diskImage', mime: 'application/x-raw-disk-image' };
  if (isPe(bytes)) return { type: 'pe', mime: 'application/vnd.microsoft.portable-executable' };
  if (hasAt(bytes, 0, '\xca\xfe\xba\xbe')) return fatOrClass(bytes);
  return hasAt(bytes, 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') ? compound(bytes) : undefined;
}

function isBzip2(bytes: Uint8Array): boolean {
  const level = bytes[3] ?? 0;
  const block = hasAt(bytes, 4, '1AY&SY') || hasAt(bytes, 4, '\x17\x72\x45\x38\x50\x90');
  return hasAt(bytes, 0, 'BZh') && level >= 0x31 && level <= 0x39 && (block || bytes.length < 10);
}

/** Two bytes of signature are few: what stands around them has to make sense. */
function isFileSystem(bytes: Uint8Array): boolean {
  const fat = hasAt(bytes, 0x36, 'FAT12   ') || hasAt(bytes, 0x36, 'FAT16   ') || hasAt(bytes, 0x52, 'FAT32   ');
  if (fat && hasAt(bytes, 510, '\x55\xaa')) return true;
  if (hasAt(bytes, 0, 'hsqs') && hasAt(bytes, 28, '\x04\0\0\0')) return true; // squashfs
  if (!hasAt(bytes, 0x438, '\x53\xef')) return false; // ext2 to ext4
  const [state, blocks, system, revision] = [0x43a, 0x418, 0x448, 0x44c].map((at) => bytes[at] ?? 255);
  return (state ?? 0) <= 7 && (blocks ?? 0) <= 6 && (system ?? 0) <= 4 && (revision ?? 0) <= 1;
}

/** A DOS program that leads to a Windows one, or was cut off before it did. */
function isPe(bytes: Uint8Array): boolean {
  if (!hasAt(bytes, 0, 'MZ') || bytes.length < PE_POINTER + 4) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = view.getUint32(PE_POINTER, true);
  return hasAt(bytes, at, 'PE\0\0') || (at >= bytes.length && bytes.subarray(0, PE_POINTER).includes(0));
}

/** macOS programs for several processors and Java classes begin alike; no program is for forty processors, no Java as old. */
function fatOrClass(bytes: Uint8Array): Pick<Magic, 'type' | 'mime'> {
  const version = ((bytes[4] ?? 0) << 24) | ((bytes[5] ?? 0) << 16) | ((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0);
  return version > 0 && version < 40
    ? { type: 'macho', mime: 'application/x-mach-binary' }
    : { type: 'javaClass', mime: 'application/java-vm' };
}

const SECTOR_SHIFT = 30;
const DIRECTORY = 48;
const CLASS_ID = 80;
const INSTALLER_CLASS = '\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0F';

/** Windows installers are kept in the container of old Office documents; the class of its root tells them apart. */
function compound(bytes: Uint8Array): Pick<Magic, 'type' | 'mime'> {
  const office = { type: 'legacyOffice', mime: 'application/x-cfb' } as const;
  if (bytes.length < 512) return office;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sector = 2 ** Math.min(view.getUint16(SECTOR_SHIFT, true), 20);
  const root = (view.getUint32(DIRECTORY, true) + 1) * sector;
  return hasAt(bytes, root + CLASS_ID, INSTALLER_CLASS) ? { type: 'installer', mime: 'application/x-msi' } : office;
}
