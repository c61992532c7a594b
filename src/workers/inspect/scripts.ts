import type { TrueType } from './true-type.ts';

/** Windows runs these at a double click. */
export const RUN_BY_WINDOWS = 'bat cmd vbs vbe jse wsf wsh hta reg scf'.split(' ');
/** Somebody has to start these on purpose. */
export const SCRIPTS = 'sh bash zsh fish command py pyw pl rb ps1 psm1 js mjs php lua applescript ahk'.split(' ');
/** Source that people show each other: read far more often than run. */
const SOURCES = new Set('py rb pl php lua mjs'.split(' '));

/** Whether scripts with this extension are read far more often than run. */
export function isSource(extension: string): boolean {
  return SOURCES.has(extension);
}

/** Texts that open something else when they are clicked. */
const SHORTCUTS: readonly RegExp[] = [
  /^\s*\[(?:InternetShortcut|\{000214A0-0000-0000-C000-000000000046\})[\]\w.]/i,
  /^\s*(?:#[^\n]*\n\s*)*\[Desktop Entry\]/i,
  /^\s*<\?xml[^>]*>\s*<(?:libraryDescription|persistedQuery|searchConnectorDescription|MMC_ConsoleFile)\b/i,
];
/** Texts that do so by what they are called, and how each begins. */
const SHORTCUTS_BY_NAME = new Map([
  ...'webloc inetloc fileloc ftploc terminal'.split(' ').map((name) => [name, /^\s*<(?:\?xml|plist)/i] as const),
  ['rdp', /^\ufeff?[a-z ]{1,60}:[isb]:/im],
  ['iqy', /^\s*WEB\s/i],
]);
const LONGEST_START = 2_000;

/** Texts that do something when they are opened: scripts by their first line or their name, shortcuts by their form. */
export function scriptOf(text: string, name: string): TrueType | undefined {
  const start = text.slice(0, LONGEST_START);
  if (SHORTCUTS.some((pattern) => pattern.test(start))) return { type: 'shortcut', mime: 'text/plain' };
  const extension = /\.([a-z0-9]{1,12})[. ]{0,8}$/i.exec(name.slice(-24))?.[1]?.toLowerCase() ?? '';
  if (SHORTCUTS_BY_NAME.get(extension)?.test(start)) return { type: 'shortcut', mime: 'text/plain' };
  const byName = RUN_BY_WINDOWS.includes(extension) || SCRIPTS.includes(extension);
  return byName || /^#!\s*\//.test(start) ? { type: 'script', mime: 'text/x-script' } : undefined;
}
