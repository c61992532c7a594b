import { PREVIEW } from './describe.ts';
import { type Embedded, InsideDocument, onePerLimit, within } from './embedded.ts';
import type { Opener } from './opener.ts';
import { readText, textFact } from './read-text.ts';
import { type Fact, type LimitHit, reportOf } from './report.ts';
import { safeLines, safeText } from './safe-text.ts';
import { type Masked, maskSecrets } from './secrets.ts';

const MOST_PARTS = 1_000;
const MOST_HEAD = 20_000;
/** Of a mail so much is searched for secrets as it stands; parts that are opened are searched by themselves. UTF-16 units. */
const MOST_SEARCHED = 2_000_000;
const MOST_BOUNDARIES = 20;
/** Pictures and styles of a page are what they are; the others are opened. */
const PLAIN = /^(?:image\/(?!svg)|text\/css|font\/|audio\/|video\/|multipart\/)/;

/** Mail, and pages that browsers save as mail: what lies in its parts. */
export const openMail: Opener = async (opening) => {
  const read = await readText(opening);
  if (!read) return reportOf('unknown', 'application/octet-stream');
  const { budget } = opening;
  const { text } = read.decoded;
  const limits: LimitHit[] = [...read.limits];
  const inside = new InsideDocument(opening);
  await within(limits, () => inside.look(parts(text, () => budget.take('entries', 1))));
  let masked: Masked = { text: '', kinds: [] };
  await within(limits, () => {
    masked = maskSecrets(text.slice(0, MOST_SEARCHED), () => budget.checkTime());
  });
  const subject = field(text.slice(0, MOST_HEAD), 'Subject');
  const title: Fact[] = subject ? [{ label: 'title', code: 'plain', params: { value: safeText(subject, 150) } }] : [];
  return reportOf('mail', 'message/rfc822', {
    facts: [textFact(read.decoded), ...title],
    findings: [...inside.findings()],
    previews: [{ kind: 'text', language: '', text: safeLines(masked.text, PREVIEW) }],
    limits: onePerLimit([...limits, ...inside.limits]),
    links: [...new Set(inside.links)].slice(0, 100),
    secrets: [...masked.kinds, ...inside.secrets.filter((kind) => !masked.kinds.includes(kind))],
  });
};

/** The parts between the boundaries that the heads name; those without one are one part. */
function* parts(text: string, take: () => void): Generator<Embedded, void, undefined> {
  const boundaries = new Boundaries(text);
  let [start, count] = [0, 0];
  while (start < text.length && count < MOST_PARTS) {
    take();
    count++;
    const head = text.slice(start, headEnd(text, start));
    const boundary = /\bboundary\s{0,9}=\s{0,9}"?([^"\r\n;]{1,100})/i.exec(head)?.[1]?.trim();
    if (boundary) boundaries.add(boundary);
    const body = start + head.length;
    const end = boundaries.next(body);
    const part = partOf(head, text.slice(body, end));
    if (part) yield part;
    const line = end === text.length ? -1 : text.indexOf('\n', end + 1);
    start = line === -1 ? text.length : line + 1;
  }
}

function headEnd(text: string, start: number): number {
  const found = /\r?\n\r?\n/g;
  found.lastIndex = start;
  const end = found.exec(text.slice(0, start + MOST_HEAD));
  return end ? end.index + end[0].length : Math.min(text.length, start + MOST_HEAD);
}

/** Where the next boundary stands; each is looked for once, however often it is asked for. */
class Boundaries {
  readonly #text: string;
  readonly #next = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  add(boundary: string): void {
    const line = `\n--${boundary}`;
    if (this.#next.size < MOST_BOUNDARIES && !this.#next.has(line)) this.#next.set(line, 0);
  }

  next(from: number): number {
    let nearest = this.#text.length;
    for (const [boundary, known] of this.#next) {
      const found = known < from ? this.#text.indexOf(boundary, from - 1) : known;
      const at = found === -1 ? this.#text.length : found;
      this.#next.set(boundary, at);
      nearest = Math.min(nearest, at);
    }
    return nearest;
  }
}

function partOf(head: string, body: string): Embedded | undefined {
  const mime = field(head, 'Content-Type').toLowerCase();
  if (body.trim() === '' || PLAIN.test(mime)) return undefined;
  const encoding = field(head, 'Content-Transfer-Encoding').toLowerCase();
  const attached = /^attachment/i.test(field(head, 'Content-Disposition'));
  const named = /\b(?:file)?name\s{0,9}=\s{0,9}"?([^"\r\n;]{1,200})/i.exec(head)?.[1];
  const name = named ?? (mime.startsWith('text/html') ? 'page.html' : (mime.split(';')[0] ?? ''));
  return { name, usual: !attached, read: () => decoded(body, encoding) };
}

function field(head: string, name: string): string {
  const found = new RegExp(`^${name}:[ \\t]{0,9}([^\\r\\n]{0,500})`, 'im').exec(head)?.[1];
  return found?.trim() ?? '';
}

function decoded(body: string, encoding: string): Uint8Array {
  if (encoding === 'base64') return new Uint8Array(Buffer.from(body, 'base64'));
  if (encoding !== 'quoted-printable') return new TextEncoder().encode(body);
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new Uint8Array(Buffer.from(bytes, 'latin1'));
}
