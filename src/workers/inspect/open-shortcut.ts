import { ByteReader } from './byte-reader.ts';
import { decode } from './decode.ts';
import { hasAt } from './magic.ts';
import type { Opener } from './opener.ts';
import { type Finding, reportOf } from './report.ts';
import { safeText } from './safe-text.ts';

interface Target {
  readonly target: string;
  readonly command: boolean;
}

const LNK = 'L\0\0\0\x01\x14\x02\0';
const SHOWN = 300;
const SEARCHED = 65_536;

/** Of Linux, of macOS' terminal, of programs on another computer. */
const COMMANDS: readonly RegExp[] = [
  /^[ \t]{0,9}Exec[ \t]{0,9}=[ \t]{0,9}([^\r\n]{1,2000})/im,
  /<key>CommandString<\/key>\s{0,100}<string>([^<]{1,2000})</i,
  /^remoteapplicationprogram:s:([^\r\n]{1,2000})/im,
];
/** Of Windows, of libraries, of macOS, of another computer's desktop, of data that Excel fetches. */
const ADDRESSES: readonly RegExp[] = [
  /^[ \t]{0,9}URL[ \t]{0,9}=[ \t]{0,9}([^\r\n]{1,2000})/im,
  /<url>([^<]{1,2000})<\/url>/i,
  /<key>URL<\/key>\s{0,100}<string>([^<]{1,2000})</i,
  /^full address:s:([^\r\n]{1,2000})/im,
  /^\s{0,9}WEB\s{1,9}1\s{1,9}([^\r\n]{1,2000})/i,
];

/** Shortcuts of Windows, Linux and macOS: what they open, which is never what they look like. */
export const openShortcut: Opener = async ({ bytes }) => {
  const lnk = hasAt(bytes, 0, LNK);
  const { target, command } = lnk ? windowsLink(bytes) : await textLink(bytes);
  const shown = target === '' ? '?' : safeText(target, SHOWN);
  const finding: Finding = {
    code: command ? 'shortcut-command' : 'shortcut',
    level: 'dangerous',
    params: { target: shown },
  };
  return reportOf('shortcut', lnk ? 'application/x-ms-shortcut' : 'text/plain', {
    findings: [finding],
    facts: [{ label: 'opens', code: 'plain', params: { value: shown } }],
    links: /^https?:\/\/\S{1,2000}$/i.test(target) ? [target] : [],
  });
};

const HAS_LIST = 1;
const HAS_INFO = 2;
const UNICODE = 0x80;
/** The texts behind the header, each there when its flag is set. */
const TEXTS = { name: 4, relativePath: 8, folder: 16, command: 32, icon: 64 };
const HEADER = 76;

/** Where the link leads, with the words behind it: they are what makes most of them dangerous. */
function windowsLink(bytes: Uint8Array): Target {
  let [path, relative, words] = ['', '', ''];
  try {
    const flags = new ByteReader(bytes, 20).uint(4);
    const reader = new ByteReader(bytes, HEADER);
    if (flags & HAS_LIST) reader.skip(reader.uint(2));
    if (flags & HAS_INFO) {
      const size = new ByteReader(bytes, reader.at).uint(4);
      path = localPath(reader.bytes(size));
    }
    for (const [text, flag] of Object.entries(TEXTS)) {
      if (!(flags & flag)) continue;
      const length = reader.uint(2);
      const value =
        flags & UNICODE ? new TextDecoder('utf-16le').decode(reader.bytes(length * 2)) : latin1(reader.bytes(length));
      if (text === 'relativePath') relative = value;
      if (text === 'command') words = value;
    }
  } catch {
    // cut off: what was read until there is shown
  }
  return {
    target: [path || relative, words.trim()].filter((part) => part !== '').join(' '),
    command: words.trim() !== '',
  };
}

function localPath(info: Uint8Array): string {
  const reader = new ByteReader(info, 16);
  const at = reader.uint(4);
  if (at === 0 || at >= info.length) return '';
  const end = info.indexOf(0, at);
  return latin1(info.subarray(at, end === -1 ? info.length : end));
}

async function textLink(bytes: Uint8Array): Promise<Target> {
  const decoded = await decode(bytes.subarray(0, SEARCHED));
  const text = decoded.kind === 'text' ? decoded.text : '';
  const command = firstOf(COMMANDS, text);
  return { target: command || firstOf(ADDRESSES, text), command: command !== '' };
}

/** What the first pattern that is found in a text has in its brackets; empty where none is. */
function firstOf(patterns: readonly RegExp[], text: string): string {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1]?.trim();
    if (found) return found;
  }
  return '';
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
