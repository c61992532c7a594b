/** The languages, and the systems, whose traces are known. */
export type TraceKind = 'jvm' | 'python' | 'javascript' | 'rust' | 'go' | 'dotnet' | 'kernel' | 'systemd';

/** A line that begins a trace, or says what went wrong before. */
export interface Heading {
  /** Not known before the first place: JVM, JavaScript and .NET say the same. */
  readonly kind: TraceKind | undefined;
  readonly what: string;
  /** Python tells of the error last, Rust in the next line. */
  readonly later: boolean;
}

interface Beginning {
  /** Looked for in the whole text first: what is nowhere in it is not looked for in every line. */
  readonly needle: string;
  readonly kind: TraceKind | undefined;
  readonly later?: boolean;
  /** Tried on a line that has the needle; its first group says what went wrong. */
  readonly line: RegExp;
}

/** Tried on 300 characters at the most, each in linear time. */
const BEGINNINGS: readonly Beginning[] = [
  {
    needle: 'Traceback (most recent call last)',
    kind: 'python',
    later: true,
    line: /Traceback \(most recent call last\):()/,
  },
  { needle: 'Exception in thread "', kind: 'jvm', line: /Exception in thread "[^"]{0,80}" (.+)/ },
  { needle: "' panicked at ", kind: 'rust', later: true, line: /thread '[^']{0,80}'(?: \(\d+\))? panicked at (.+)/ },
  { needle: 'panic: ', kind: 'go', line: /^(?:\S{1,40} ){0,4}panic: (.+)/ },
  { needle: 'fatal error: ', kind: 'go', line: /^fatal error: (.+)/ },
  { needle: 'Unhandled exception. ', kind: 'dotnet', line: /Unhandled exception\. (.+)/ },
  { needle: 'Kernel panic - not syncing', kind: 'kernel', line: /(Kernel panic - not syncing.*)/ },
  { needle: 'BUG: ', kind: 'kernel', line: /(?:^|\] |: )(BUG: .+)/ },
  { needle: 'Oops: ', kind: 'kernel', line: /(?:^|\] |: )(Oops: .+)/ },
  { needle: 'general protection fault', kind: 'kernel', line: /(general protection fault.*)/ },
  { needle: 'segfault at ', kind: 'kernel', line: /(\S{1,60}\[\d+\]: segfault at .+)/ },
  { needle: 'Out of memory: Kill', kind: 'kernel', line: /(Out of memory: Kill.+)/ },
  {
    needle: 'Main process exited, code=',
    kind: 'systemd',
    line: /(\S{1,120}: Main process exited, code=(?!exited, status=0).+)/,
  },
  { needle: "Failed with result '", kind: 'systemd', line: /(\S{1,120}: Failed with result '.+)/ },
  { needle: 'Failed to start ', kind: 'systemd', line: /(Failed to start .+)/ },
];

/** Finds the beginnings of traces in the lines of one text. */
export class Beginnings {
  readonly #possible: readonly Beginning[];

  constructor(text: string) {
    this.#possible = BEGINNINGS.filter(({ needle }) => text.includes(needle));
  }

  of(line: string): Heading | undefined {
    for (const { needle, kind, later = false, line: pattern } of this.#possible) {
      if (!line.includes(needle)) continue;
      const found = pattern.exec(line);
      if (found) return { kind, what: (found[1] ?? '').trim(), later };
    }
    return undefined;
  }
}

/** One place a trace goes through. */
export interface Frame {
  readonly kind: TraceKind | undefined;
  /** File and line, or the function where there is no file. */
  readonly place: string;
  /** Not of the runtime or a library. */
  readonly own: boolean;
}

const LIBRARY =
  /node_modules|node:|<anonymous>|site-packages|dist-packages|\/lib\/python|<frozen|\/rustc\/|\/\.cargo\/|\/usr\/local\/go\/|\/go\/pkg\/mod\/|^(?:java|javax|jdk|sun|kotlin|scala|org\.springframework|net\.minecraft)[./]|^System\.|^Microsoft\./;

/** The place that a line of a trace names, if it is one. */
export function frameOf(line: string): Frame | undefined {
  let start = 0;
  while (start < 60 && (line.charCodeAt(start) === 32 || line.charCodeAt(start) === 9)) start++;
  if (start === 0) return undefined;
  if (line.startsWith('at ', start)) return called(line.slice(start + 3));
  if (line.startsWith('File "', start)) return inPython(line.slice(start));
  const code = line.charCodeAt(start);
  if (code === 47 || (code >= 65 && code <= 90)) return inGo(line.slice(start));
  return code >= 48 && code <= 57 ? inRust(line.slice(start)) : undefined;
}

function frame(kind: TraceKind | undefined, place: string, name = place): Frame {
  return { kind, place, own: !LIBRARY.test(name) && !LIBRARY.test(place) };
}

/** `at a.b.C.m(File.java:1)`, `at f (/x.js:1:2)`, `at N.C.M(Int32 x) in /x.cs:line 1`, and Rust's `at ./src/main.rs:1:2`. */
function called(text: string): Frame {
  const dotnet = /^(\S.{0,200}\)) in (.{1,200}):line (\d+)/.exec(text);
  if (dotnet) return frame('dotnet', `${dotnet[2]}:${dotnet[3]}`, dotnet[1] ?? '');
  const jvm =
    /^(\S{1,200})\(([\w$.-]{1,80}\.(?:java|kt|scala|groovy|clj)(?::\d+)?|Native Method|Unknown Source|[\w$.-]{0,80}:\d+)\)/.exec(
      text,
    );
  if (jvm) return frame('jvm', `${nameOf(jvm[1] ?? '')} (${jvm[2]})`, nameOf(jvm[1] ?? ''));
  const inBrackets = /\(([^()]{1,240}:\d+:\d+)\)$/.exec(text.trimEnd())?.[1];
  const place = inBrackets ?? /^(?:async )?([^\s()]{1,240}:\d+:\d+)$/.exec(text.trimEnd())?.[1] ?? '';
  if (/\.rs:\d+:\d+$/.test(place)) return frame('rust', place);
  if (place !== '') return frame('javascript', place);
  if (/^(?:new |async )?[\w$.<>]{1,100} \((?:native|<anonymous>|index \d+)/.test(text))
    return { ...frame('javascript', text.trim()), own: false };
  return frame(/^[\w.`<>[\]]{3,200}\(.{0,300}\)$/.test(text.trim()) ? 'dotnet' : undefined, text.trim());
}

/** Without the class loader and the module, which newer JVMs put before it. */
function nameOf(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

function inPython(text: string): Frame | undefined {
  const found = /^File "([^"]{1,300})", line (\d+)/.exec(text);
  return found ? frame('python', `${found[1]}:${found[2]}`, found[1]) : undefined;
}

function inGo(text: string): Frame | undefined {
  const found = /^(\/?[^\s:]{1,300}\.go:\d+)(?: \+0x[0-9a-f]+)?$/.exec(text.trimEnd());
  return found ? frame('go', found[1] ?? '') : undefined;
}

function inRust(text: string): Frame | undefined {
  const found = /^\d{1,4}: {1,4}(?:0x[0-9a-f]{1,16} - )?(\S.{0,200})$/.exec(text.trimEnd());
  if (!found) return undefined;
  const name = found[1] ?? '';
  return { kind: 'rust', place: name, own: !/^(?:std|core|alloc|rust_|__rust|<?(?:std|core|alloc)::)/.test(name) };
}

/** What made an error happen, in the words of the JVM and of .NET, and of JavaScript's `[cause]`. */
export function causeOf(line: string): string | undefined {
  if (line.startsWith('Caused by: ')) return line.slice(11).trim();
  const found = /^\s{0,60}(?:Caused by: |---> |\[cause\]: )(.{1,300})/.exec(line);
  return found?.[1]?.replace(/ *---> *$/, '').trim();
}

const ERROR_NAME =
  /(?:^|[\s:([])((?:[A-Za-z_$][\w$]{0,60}[.:]{1,2}){0,8}[A-Z][\w$]{0,60}(?:Error|Exception|Throwable|Failure|Interrupt|Exit|Warning))(?::\s?(.{0,200}))?(?:$|[\s)\]])/;

/** `Type: message` at the end of a line; the line may begin with a time and a level. */
export function errorIn(line: string): string | undefined {
  const found = ERROR_NAME.exec(line);
  if (!found) return undefined;
  return found[2] ? `${found[1]}: ${found[2].trim()}` : found[1];
}
