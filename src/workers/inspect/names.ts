import type { Finding, Report } from './report.ts';
import { safeText } from './safe-text.ts';
import type { TrueType } from './true-type.ts';

/** Marks that let text run the other way, so that `gpj.exe` is shown as `exe.jpg`. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;
/** Controls, spaces of no width, soft hyphens, letters that show nothing: there, and not to be seen. Joiners have their place in emoji and in some scripts, not beside ASCII. */
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u115f\u200b\u200e\u200f\u2028\u2029\u2060-\u2065\u3164\ufeff\ufff9-\ufffb]|[ -~][\u200c\u200d]|[\u200c\u200d][ -~]/u;
const PADDED = /[\s\u2800\u00a0]{8}\S*$/u;
const LONGEST_NAME = 255;
const SHOWN = 100;

/** Opened, these run what somebody else wrote. */
const RUNNING = new Set(
  'exe scr com pif cpl msi msp msix appx hta vbs vbe jse wsf wsh bat cmd reg scf lnk jar apk iso img vhd vhdx dmg pkg deb rpm appimage xll chm application gadget ps1 sct wsc jnlp settingcontent-ms terminal msc searchconnector-ms'.split(
    ' ',
  ),
);
/** These do so as well, and lie about by themselves for good reasons: what tells is what they come after. */
const RUNNING_BEHIND = new Set('js mjs py pyw url webloc inetloc fileloc rdp iqy slk desktop inf'.split(' '));
/** Before which it is usual that they come: pieces of web pages and of programs are called so. */
const USUAL_BEFORE = new Set('md csv json xml html htm svg log'.split(' '));
/** Extensions people take for harmless: before another one they are there to mislead. */
const HARMLESS = new Set(
  'jpg jpeg png gif webp bmp svg heic pdf doc docx xls xlsx ppt pptx odt txt log md csv rtf json xml html htm mp3 wav ogg flac mp4 mov avi mkv webm zip rar 7z'.split(
    ' ',
  ),
);

const TEXTS: readonly Report['type'][] = [
  ...(['text', 'csv', 'json', 'ndjson', 'yaml', 'toml', 'log', 'trace', 'script'] as const),
  ...(['html', 'svg', 'xml', 'mail'] as const),
];
const PICTURES: readonly Report['type'][] = ['png', 'jpeg', 'gif', 'webp'];
const MEDIA: readonly Report['type'][] = ['other', 'unknown'];
const ZIPS: readonly Report['type'][] = ['zip', 'jar', 'apk', 'docx', 'xlsx', 'pptx', 'other'];

/** What an extension promises. */
const PROMISES = new Map<string, readonly Report['type'][]>(
  (
    [
      ['png', ['png']],
      ['jpg jpeg jpe jfif', ['jpeg']],
      ['gif', ['gif']],
      ['webp', ['webp']],
      ['pdf', ['pdf']],
      ['docx docm dotx dotm', ['docx', 'legacyOffice']],
      ['xlsx xlsm xltx xlsb', ['xlsx', 'legacyOffice']],
      ['pptx pptm ppsx potx', ['pptx', 'legacyOffice']],
      ['doc xls ppt', ['legacyOffice', ...TEXTS, 'other']],
      ['zip', ZIPS],
      ['jar', ['jar', 'zip']],
      ['apk', ['apk', 'zip']],
      ['tar', ['tar']],
      ['gz tgz', ['gzip']],
      ['bz2 tbz2', ['bzip2']],
      ['xz txz', ['xz']],
      ['7z', ['sevenZip']],
      ['rar', ['rar']],
      ['txt log md csv tsv json ndjson jsonl yaml yml toml ini cfg conf xml html htm css svg rtf', [...TEXTS, 'other']],
      ['bmp ico tif tiff heic avif mp3 wav ogg opus flac m4a mp4 mov avi mkv webm ttf otf woff woff2', MEDIA],
    ] as const
  ).flatMap(([extensions, types]) => extensions.split(' ').map((extension) => [extension, types] as const)),
);
const PROMISED_BY_TYPE = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['text/plain', 'txt'],
  ['text/csv', 'csv'],
  ['application/json', 'json'],
  ['video/mp4', 'mp4'],
  ['audio/mpeg', 'mp3'],
]);
const PROGRAMS: readonly Report['type'][] = [
  'pe',
  'elf',
  'macho',
  'apk',
  'jar',
  'javaClass',
  'script',
  'shortcut',
  'installer',
  'diskImage',
];

/** What is wrong with a name alone: it hides its end, its direction, or its length. Paths are judged by their last part. */
export function suspiciousName(path: string): Finding | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const params = { name: safeName(name.length > SHOWN ? `${name.slice(0, 60)}…${name.slice(-30)}` : name, SHOWN) };
  const [extension = '', before = ''] = extensionsOf(name);
  const runs = RUNNING.has(extension);
  if (TURNING.test(name))
    return { code: 'name-turned', level: runs ? 'dangerous' : 'careful', params: { ...params, extension } };
  if (PADDED.test(name.slice(-300)))
    return { code: 'name-padded', level: runs ? 'dangerous' : 'careful', params: { ...params, extension } };
  if (HARMLESS.has(before) && (runs || (RUNNING_BEHIND.has(extension) && !USUAL_BEFORE.has(before))))
    return { code: 'double-extension', level: 'dangerous', params: { ...params, extension } };
  if (INVISIBLE.test(name)) return { code: 'name-invisible', level: runs ? 'dangerous' : 'careful', params };
  if (name.length > LONGEST_NAME)
    return { code: 'name-long', level: 'careful', params: { ...params, number: name.length } };
  return undefined;
}

/** A name fit to be shown in a line: a file may have line breaks in its name, too. */
export function safeName(name: string, max: number): string {
  return safeText(
    name
      .slice(0, max * 2)
      .replaceAll('\n', '␊')
      .replaceAll('\t', '␉'),
    max,
  );
}

/** Name and declared type held against the content; one finding for the name alone and one for the contradiction, at most. */
export function nameFindings(name: string, declared: string, found: TrueType): Finding[] {
  const suspicious = suspiciousName(name);
  const contradicted = contradiction(name, declared, found);
  // What nobody could make out is still run by its name.
  const runs: Finding[] =
    suspicious || contradicted.length > 0 || PROGRAMS.includes(found.type) || !runsByName(name)
      ? []
      : [{ code: 'runs-by-name', level: 'careful', params: { extension: extensionsOf(name)[0] ?? '' } }];
  return [...(suspicious ? [suspicious] : []), ...contradicted, ...runs];
}

/** Whether opening something of this name runs it: at a double click, on some system. */
export function runsByName(path: string): boolean {
  return RUNNING.has(extensionsOf(path)[0] ?? '');
}

/** The last two extensions, the last one first; what cannot be seen does not count, nor dots and spaces at the end, which Windows drops. */
export function extensionsOf(name: string): readonly string[] {
  const end = name
    .slice(-200)
    .replace(/\p{Cf}/gu, '')
    .replace(/[. ]{1,200}$/, '');
  return end
    .split('.')
    .slice(1)
    .slice(-2)
    .reverse()
    .map((part) => part.trim().toLowerCase());
}

function contradiction(name: string, declared: string, { type, mime }: TrueType): Finding[] {
  if (type === 'empty') return [];
  const extension = extensionsOf(name)[0] ?? '';
  const promises = [
    { claimed: `.${extension}`, code: 'not-what-it-says', types: PROMISES.get(extension) },
    {
      claimed: declared.split(';', 1)[0] ?? '',
      code: 'not-as-declared',
      types: PROMISES.get(PROMISED_BY_TYPE.get(declared.split(';', 1)[0]?.trim().toLowerCase() ?? '') ?? ''),
    },
  ] as const;
  const broken = promises.find(({ types }) => types && !types.includes(type));
  if (!broken) return [];
  const onlyPictures = PICTURES.includes(type) && (broken.types ?? []).some((one) => PICTURES.includes(one));
  const level = PROGRAMS.includes(type) && type !== 'script' ? 'dangerous' : onlyPictures ? 'safe' : 'careful';
  return [{ code: broken.code, level, params: { claimed: safeName(broken.claimed, 60), found: mime } }];
}
