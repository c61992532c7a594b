import { deflateRawSync, deflateSync } from 'node:zlib';
import { gzipOfZeros } from '../../tests/files/gzip.ts';
import { onePage, streamBomb } from '../../tests/files/pdf.ts';
import { jpeg } from '../../tests/files/pictures.ts';
import { chunk, pngHeader, SIGNATURE } from '../../tests/files/png.ts';
import { logOf, tableOf } from '../../tests/files/text.ts';
import { crowded, deflatedZeros, nested, zip } from '../../tests/files/zip.ts';
import { joined, SERIAL, stampedGzip, stampedJpeg, stampedPng, type Template, withDigits } from './stamped.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** One file of each kind, of about so many bytes. */
export async function kindsOf(bytes: number): Promise<readonly Template[]> {
  return [
    withDigits('server.log', 'text/plain', joined([logOf(bytes), utf8(`\n2024-05-02T00:00:00Z INFO run ${SERIAL}\n`)])),
    withDigits('members.csv', 'text/csv', joined([tableOf(bytes), utf8(`\n${SERIAL},x,x@example.com,1,,yes,last\n`)])),
    withDigits('export.json', 'application/json', jsonOf(bytes)),
    stampedPng('screenshot.png', noisyPng(bytes)),
    stampedJpeg('photo.jpg', await noisyJpeg(bytes)),
    withDigits('backup.zip', 'application/zip', archiveOf(bytes)),
    withDigits('report.pdf', 'application/pdf', joined([pdfOf(bytes), utf8(`%${SERIAL}\n`)])),
  ];
}

/** What somebody sends to bring the bot down, small enough to be sent by anybody. */
export function hostileKinds(): readonly Template[] {
  const bomb = zip([{ path: 'zeros.bin', deflated: deflatedZeros(1_000_000_000) }], { comment: SERIAL });
  const deep = `${'['.repeat(1_000_000)}"${SERIAL}"${']'.repeat(1_000_000)}`;
  return [
    withDigits('free.zip', 'application/zip', bomb),
    stampedGzip('dump.gz', gzipOfZeros(2_000_000_000)),
    stampedPng('wallpaper.png', endlessPng()),
    withDigits('config.json', 'application/json', utf8(deep)),
    withDigits('more.zip', 'application/zip', withComment(nested(2))),
    withDigits('many.zip', 'application/zip', withComment(crowded(2_000_000))),
    withDigits('quotes.csv', 'text/csv', utf8(`${'x,"abc\n'.repeat(500_000)}${SERIAL}`)),
    withDigits('invoice.pdf', 'application/pdf', joined([streamBomb(100_000_000), utf8(`%${SERIAL}\n`)])),
  ];
}

function jsonOf(bytes: number): Uint8Array {
  const items: string[] = [];
  for (let at = 0, size = 0; size < bytes; at++) {
    const item = `{"id":${at},"name":"item ${at}","tags":["a","b"],"price":${(at * 37) % 1_000},"nested":{"ok":true,"note":null}}`;
    items.push(item);
    size += item.length + 1;
  }
  return utf8(`{"run":"${SERIAL}","items":[${items.join(',')}]}`);
}

/** Three bytes a pixel, hardly to be packed. */
function noisyPng(bytes: number): Uint8Array {
  const side = Math.max(8, Math.floor(Math.sqrt(bytes / 3)));
  const rows = noise(side * (side * 3 + 1));
  for (let row = 0; row < side; row++) rows[row * (side * 3 + 1)] = 0; // no filter
  return joined([
    Uint8Array.from(SIGNATURE),
    pngHeader(side, side, { colours: 2 }),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND'),
  ]);
}

/** About a byte for each pixel of grainy grey at this quality. */
async function noisyJpeg(bytes: number): Promise<Uint8Array> {
  const side = Math.max(8, Math.floor(Math.sqrt(bytes)));
  const grain = noise(side * side);
  const pixels = Uint32Array.from(grain, (grey) => 0xff000000 | (grey * 0x010101)); // opaque, the same in red, green and blue
  const data = new Uint8ClampedArray(pixels.buffer);
  return jpeg({ width: side, height: side, data }, { quality: 85 });
}

/** Half of it stored as pictures are, half packed. */
function archiveOf(bytes: number): Uint8Array {
  const log = logOf(bytes / 3);
  const deflated = new Uint8Array(deflateRawSync(log));
  const photo = { content: noise(bytes / 4), store: true };
  const files = [
    ...['photos/1.raw', 'photos/2.raw'].map((path) => ({ path, ...photo })),
    ...Array.from({ length: 8 }, (_, at) => ({ path: `logs/${at}.log`, deflated, size: log.length })),
  ];
  return zip(files, { comment: SERIAL });
}

function pdfOf(bytes: number): Uint8Array {
  const lines = Array.from({ length: 50 }, (_, at) => `Line ${at} of a report that somebody wrote`);
  return onePage({ lines, more: { 10: { dict: '', stream: noise(bytes) } } });
}

/** Claims 60,000 pixels each way, and has data for a few rows. */
function endlessPng(): Uint8Array {
  return joined([
    Uint8Array.from(SIGNATURE),
    pngHeader(60_000, 60_000),
    chunk('IDAT', deflateSync(new Uint8Array(1_000_000))),
    chunk('IEND'),
  ]);
}

const COMMENT_LENGTH_BYTES = 2;

/** The same archive with room for a serial at its end. */
function withComment(archive: Uint8Array): Uint8Array {
  const length = Uint8Array.of(SERIAL.length, 0);
  return joined([archive.subarray(0, archive.length - COMMENT_LENGTH_BYTES), length, utf8(SERIAL)]);
}

/** Bytes that do not pack, the same every time; four at a time, because there are many. */
function noise(bytes: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = 0x9e3779b9;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer, 0, Math.floor(bytes));
}
