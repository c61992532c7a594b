import { openSevenZip } from './open-7z.ts';
import { openExecutable } from './open-executable.ts';
import { openBzip2, openGzip, openXz } from './open-gzip.ts';
import { openLegacyOffice } from './open-legacy-office.ts';
import { openMail } from './open-mail.ts';
import { openOffice } from './open-office.ts';
import { openPage } from './open-page.ts';
import { openPdf } from './open-pdf.ts';
import { openPicture } from './open-picture.ts';
import { openRar } from './open-rar.ts';
import { openScript } from './open-script.ts';
import { openShortcut } from './open-shortcut.ts';
import { openTar } from './open-tar.ts';
import { openText } from './open-text.ts';
import { openApk, openJar, openZip } from './open-zip.ts';
import type { Opener } from './opener.ts';
import type { Report } from './report.ts';

/** Who opens which kind of file, one line a kind; a kind that is not listed is named and not opened. */
export const OPENERS: Readonly<Partial<Record<Report['type'], Opener>>> = {
  apk: openApk,
  bzip2: openBzip2,
  diskImage: openExecutable,
  elf: openExecutable,
  gif: openPicture,
  gzip: openGzip,
  html: openPage('html'),
  installer: openExecutable,
  jar: openJar,
  jpeg: openPicture,
  javaClass: openExecutable,
  macho: openExecutable,
  docx: openOffice('docx'),
  legacyOffice: openLegacyOffice,
  mail: openMail,
  pdf: openPdf,
  pptx: openOffice('pptx'),
  xlsx: openOffice('xlsx'),
  pe: openExecutable,
  png: openPicture,
  rar: openRar,
  script: openScript,
  sevenZip: openSevenZip,
  shortcut: openShortcut,
  svg: openPage('svg'),
  tar: openTar,
  text: openText,
  webp: openPicture,
  xml: openPage('xml'),
  xz: openXz,
  zip: openZip,
};
