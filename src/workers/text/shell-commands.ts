import type { ShellWord } from './shell-words.ts';

/** What a command would do to whoever runs it. */
export type Harm = 'deletes' | 'overwrites' | 'formats' | 'forks' | 'opens' | 'runsDownload';

/** What makes a command harmful, and the last word that is needed for it. */
export interface Judged {
  readonly why: Harm;
  readonly last: ShellWord;
}

/** The words of one command, its name first, and whether it is carried out where all that matters lies. */
type Judge = (words: readonly ShellWord[], atRoot: boolean) => Judged | undefined;

const RECURSIVE = /^(?:-[a-z]*r[a-z]*|--recursive|-recurse)$/;
/** Paths without which a machine, or what somebody has on it, is gone; slashes at the end are off. */
const PRECIOUS =
  /^(?:~|\$\{?home\}?|\/(?:bin|boot|dev|etc|home|lib|lib32|lib64|opt|proc|root|sbin|srv|sys|usr|var|users|system|library|applications)?|\/(?:home|users)\/\$\{?user\}?|\/\{.*)$/;
const ALL_HERE = /^(?:(?:\.\/)?\.?\*|\.{1,2}\/?)$/;
/** Backslashes are off. */
const WINDOWS =
  /^[a-z]:(?:\/|\*(?:\.\*)?|\/?windows(?:\/?system32)?)?\/?$|^%(?:systemroot|systemdrive|userprofile|windir)%/;
/** Without anything that ends a sentence. */
const PATH = /^[\w./-]*\w$/;
const DISK = /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|r?disk|md|dm-|mapper\/|mem|kmem|port)/;

const judges = new Map<string, Judge>([
  ['rm', deleted],
  ['chmod', opened],
  ['chown', opened],
  ['chattr', opened],
  [
    'dd',
    ([, ...words]) =>
      judged(
        'overwrites',
        words.find(({ text }) => text.startsWith('of=') && DISK.test(text.slice(3))),
      ),
  ],
  [
    'mv',
    ([, ...words]) =>
      words.at(-1)?.text === '/dev/null' && words.some(isPrecious) ? judged('deletes', words.at(-1)) : undefined,
  ],
  [
    'find',
    (words) =>
      words.some(isPrecious)
        ? judged(
            'deletes',
            words.find(({ text }) => text === '-delete'),
          )
        : undefined,
  ],
  ['format', ([, drive]) => (drive && /^[a-z]:$/.test(drive.text) ? judged('formats', drive) : undefined)],
  ...['del', 'erase', 'rd', 'rmdir', 'remove-item', 'ri'].map((name) => [name, deletedOnWindows] as const),
  ...['mke2fs', 'mkswap', 'wipefs', 'blkdiscard', 'shred'].map((name) => [name, formatted] as const),
]);

/** What speaks against a command, by its name. */
export function judgeOf(name: string): Judge | undefined {
  return judges.get(name) ?? (name.startsWith('mkfs') ? formatted : undefined);
}

/** Whether a word is a disk, or the button that stops a machine, and is written into; `next` stands behind it. */
export function isOverwritten({ text, after }: ShellWord, next: ShellWord | undefined): boolean {
  const isWrittenInto = after === 'into' || (after === 'bare' && next?.after !== 'space' && PATH.test(text));
  return isWrittenInto && (DISK.test(text) || text === '/proc/sysrq-trigger');
}

/** Whether a path is one without which a machine is lost. */
export function isPrecious({ text }: ShellWord): boolean {
  return text.length < 100 && PRECIOUS.test(shortened(text));
}

/** `//./*`, `/../` and `/` are one place. */
function shortened(path: string): string {
  const short = path
    .replace(/[,!?]+$/, '')
    .replaceAll(/\/(?:\.{0,2}\/)+/g, '/')
    .replace(/\/(?:\.{1,2}|\*+(?:\.\*+)?)$/, '/');
  return short.length > 1 && short.endsWith('/') ? short.slice(0, -1) : short;
}

function deleted([, ...words]: readonly ShellWord[], atRoot: boolean): Judged | undefined {
  return judged(
    'deletes',
    recursively(words, (word) => isPrecious(word) || (atRoot && ALL_HERE.test(word.text))),
  );
}

/** The word that a recursive command is given: after the flag that says so, or right before it, or else it is prose. */
function recursively(words: readonly ShellWord[], isMeant: (word: ShellWord) => boolean): ShellWord | undefined {
  const flag = words.findIndex(({ text }) => RECURSIVE.test(text));
  return flag < 0 ? undefined : words.find((word, at) => at >= flag - 1 && isMeant(word));
}

function deletedOnWindows([, ...words]: readonly ShellWord[]): Judged | undefined {
  return judged(
    'deletes',
    words.find(({ text }) => WINDOWS.test(text)),
  );
}

function opened([, ...words]: readonly ShellWord[]): Judged | undefined {
  return judged('opens', recursively(words, isPrecious));
}

function formatted([, ...words]: readonly ShellWord[]): Judged | undefined {
  return judged(
    'formats',
    words.find(({ text }) => text.startsWith('/dev/')),
  );
}

function judged(why: Harm, last: ShellWord | undefined): Judged | undefined {
  return last && { why, last };
}
