import { deflateSync } from 'node:zlib';
import { Value } from '@sinclair/typebox/value';
import { describe, expect, test } from 'vitest';
import type { Limits } from '../../../src/workers/inspect/budget.ts';
import { levelOf, Report } from '../../../src/workers/inspect/report.ts';
import stripMetadata from '../../../src/workers/tasks/strip-metadata.ts';
import { Canvas } from '../../files/canvas.ts';
import { exif, jpegSegment, withSegments } from '../../files/exif.ts';
import { gif, manyFrames } from '../../files/gif.ts';
import { mutated, truncated } from '../../files/mutated.ts';
import { be32, join, le16, le24, repeated } from '../../files/picture-bytes.ts';
import { jpeg, webp } from '../../files/pictures.ts';
import { apng, chunk, png, pngHeader, SIGNATURE, zippedText } from '../../files/png.ts';
import { randomOf } from '../../files/random.ts';
import { scamScene } from '../../files/scenes.ts';
import { extendedWebp, movingWebp, riffChunk } from '../../files/webp.ts';
import { findingOf, inspect as inspectNamed } from './inspecting.ts';

/** A name that claims nothing, and the limits that there are by default. */
const inspect = (file: Uint8Array, limits: Partial<Limits> = {}) =>
  inspectNamed(file, 'file', { milliseconds: 10_000, ...limits });

/** A picture costs ten times as much to open as a text, and the test of all kinds of files has thousands of cases of them. */
const [CUT, ROUNDS] = [31, 180];
const SMALL = scamScene(1, 24, 18);

/** One of every kind, all of them under four kilobytes. */
async function small(): Promise<readonly (readonly [name: string, file: Uint8Array])[]> {
  const block = exif({ make: 'Acme', orientation: 6, place: { latitude: [1, 2, 3], longitude: [4, 5, 6] } });
  const frames = [
    { pixels: SMALL },
    { pixels: scamScene(2, 10, 10), x: 4, y: 4, after: 'restore' as const },
    { pixels: scamScene(3, 24, 18) },
  ];
  const comment = join([0x21, 0xfe, 5], 'hello', [0]);
  return [
    ['PNG', png(SMALL, { before: [chunk('eXIf', block), zippedText('Comment', 'hello')] })],
    ['interlaced PNG', png(SMALL, { colours: 3, depth: 4, interlaced: true })],
    ['animated PNG', apng(frames)],
    ['JPEG', withSegments(await jpeg(SMALL, { quality: 80 }), jpegSegment(0xe1, join('Exif\0\0', block)))],
    ['progressive JPEG', await jpeg(SMALL, { quality: 80, progressive: true })],
    ['GIF', gif([{ pixels: SMALL }, { pixels: new Canvas(4, 4), x: 2, y: 2 }], { extensions: [comment] })],
    ['WebP', extendedWebp(await webp(SMALL), SMALL, 8, riffChunk('EXIF', block))],
    ['lossless WebP', await webp(SMALL, { lossless: true })],
    ['animated WebP', await movingWebp(frames.slice(0, 2))],
  ];
}

describe('refused before anything is decoded', () => {
  test('a PNG of 60,000 by 60,000 pixels says so, and what the limit is', async () => {
    const file = join(
      SIGNATURE,
      pngHeader(60_000, 60_000),
      chunk('IDAT', deflateSync(new Uint8Array(60_000))),
      chunk('IEND'),
    );
    const report = await inspect(file);
    expect(report.facts).toMatchObject([{ label: 'dimensions', params: { width: 60_000, height: 60_000 } }]);
    expect(report.limits).toEqual([{ limit: 'pixels', allowed: 24_000_000, seen: 3_600_000_000 }]);
    expect(report.previews).toEqual([]);
    expect(levelOf(report)).toBe('careful');
  });

  test.for([
    ['JPEG', async () => patched(await jpeg(SMALL), [0xff, 0xc0, 0, 17, 8], [0xff, 0xdc, 0xff, 0xdc])],
    ['GIF', async () => patched(gif([{ pixels: SMALL }]), [...Buffer.from('GIF89a')], [0xff, 0xff, 0xff, 0xff])],
    ['lossless WebP', async () => patched(await webp(SMALL, { lossless: true }), [0x2f], [0xff, 0xff, 0xff, 0x0f])],
    ['WebP', async () => patched(await webp(SMALL), [0x9d, 0x01, 0x2a], [0xff, 0x3f, 0xff, 0x3f])],
  ] as const)('a %s whose header says that it is huge', async ([, make]) => {
    const report = await inspect(await make());
    expect(report.limits).toMatchObject([{ limit: 'pixels' }]);
    expect(report.previews).toEqual([]);
  });

  test('a GIF of 100,000 frames is counted, not drawn frame by frame', async () => {
    const report = await inspect(manyFrames(100_000));
    expect(report.facts).toMatchObject([{ label: 'dimensions', params: { frames: 100_000 } }]);
    expect(report.limits).toEqual([{ limit: 'frames', allowed: 1_000, seen: 100_000 }]);
  });

  test('an animation of 100,000 empty frames in PNG and WebP', async () => {
    const control = chunk('fcTL', join(be32(0), be32(1), be32(1), be32(0), be32(0), [0, 1, 0, 10, 0, 0]));
    const pixels = chunk('IDAT', deflateSync(new Uint8Array(5)));
    const moving = join(SIGNATURE, pngHeader(1, 1), repeated(control, 100_000), pixels, chunk('IEND'));
    expect((await inspect(moving)).limits).toMatchObject([{ limit: 'frames', seen: 100_000 }]);
    const frames = repeated(riffChunk('ANMF', new Uint8Array(16)), 100_000);
    const report = await inspect(extendedWebp(await webp(SMALL), { width: 1, height: 1 }, 2, frames));
    expect(report.limits).toMatchObject([{ limit: 'frames', seen: 100_000 }]);
  });

  test('a frame far larger than its animation', async () => {
    const frame = [0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 2, 0x44, 1, 0];
    const tiny = join('GIF89a', le16(1), le16(1), [0x80, 0, 0], [0, 0, 0, 255, 255, 255], frame, frame, [0x3b]);
    expect((await inspect(tiny)).limits).toMatchObject([{ limit: 'pixels' }]);
    const control = (at: number) =>
      chunk('fcTL', join(be32(at), be32(0xffffffff), be32(0xffffffff), be32(0), be32(0), [0, 1, 0, 10, 0, 0]));
    const moving = join(
      SIGNATURE,
      pngHeader(1, 1),
      control(0),
      chunk('IDAT', deflateSync(new Uint8Array(5))),
      control(1),
      chunk('IEND'),
    );
    expect((await inspect(moving)).limits).toMatchObject([{ limit: 'pixels' }]);
  });

  test('a progressive JPEG that goes over its pixels 2,000 times', async () => {
    const file = await jpeg(scamScene(1, 400, 300), { progressive: true });
    const scan = Buffer.from(file).lastIndexOf(Buffer.from([0xff, 0xda]));
    const last = file.subarray(scan, -2);
    const report = await inspect(join(file.subarray(0, -2), repeated(last, 2_000), [0xff, 0xd9]), {
      pixels: 4_000_000,
    });
    expect(report.limits).toMatchObject([{ limit: 'pixels' }]);
  });
});

describe('bombs', () => {
  test('pixels that unpack to more than the header says are read no further', async () => {
    const file = join(
      SIGNATURE,
      pngHeader(100, 100, { colours: 0 }),
      chunk('IDAT', deflateSync(new Uint8Array(50_000_000))),
      chunk('IEND'),
    );
    const report = await inspect(file, { bytesOut: 20_000 });
    expect(report).toMatchObject({ findings: [], limits: [], previews: [{ width: 100, height: 100 }] });
  });

  test('texts that unpack to a hundred megabytes are left out', async () => {
    const bombs = Array.from({ length: 70 }, () => zippedText('Comment', new Uint8Array(2_000_000)));
    const report = await inspect(png(SMALL, { before: bombs }));
    expect(report.facts).toHaveLength(1);
    expect(report.previews).toHaveLength(1);
  });

  test('a GIF whose strings grow without end writes no more than its frame', async () => {
    const parts = repeated(join([255], repeated(join([0xb6]), 255)), 800);
    const file = join(
      'GIF89a',
      le16(9),
      le16(9),
      [0x80, 0, 0],
      [0, 0, 0, 255, 255, 255],
      [0x2c, 0, 0, 0, 0, 9, 0, 9, 0, 0, 2],
      parts,
      [0, 0x3b],
    );
    expect((await inspect(file)).previews).toMatchObject([{ width: 9, height: 9 }]);
  });

  test('the limits of bytes hold for what is decoded as well', async () => {
    for (const file of [png(SMALL), await jpeg(SMALL), await webp(SMALL), gif([{ pixels: SMALL }])]) {
      expect((await inspect(file, { bytesOut: 1_000 })).limits).toMatchObject([{ limit: 'bytesOut', allowed: 1_000 }]);
    }
  });

  test('what a decoder of lossless pixels has in its own memory is counted, and what has alpha', async () => {
    const alpha = new Canvas(SMALL.width, SMALL.height);
    alpha.data.forEach((_, at) => {
      alpha.data[at] = at % 255;
    });
    for (const [file, bytes] of [
      [await webp(SMALL), 4],
      [await webp(SMALL, { lossless: true }), 12],
      [await webp(alpha), 14],
    ] as const) {
      const enough = SMALL.width * SMALL.height * bytes;
      expect((await inspect(file, { bytesOut: enough - 1 })).limits).toMatchObject([
        { limit: 'bytesOut', seen: enough },
      ]);
      expect(await inspect(file, { bytesOut: enough })).toMatchObject({ limits: [], previews: [{}] });
    }
  });

  test('hundreds of thousands of chunks, segments and blocks are walked through', async () => {
    const chunks = repeated(chunk('abcd'), 200_000);
    expect(await inspect(png(SMALL, { before: [chunks] }))).toMatchObject({ strippable: true, previews: [{}] });
    const comments = repeated(join([0x21, 0xfe, 1, 65, 0]), 200_000);
    expect(await inspect(gif([{ pixels: SMALL }], { extensions: [comments] }))).toMatchObject({
      strippable: true,
      previews: [{}],
    });
    const segments = repeated(join([0xff, 0xfe, 0, 3, 65]), 200_000);
    expect(await inspect(withSegments(await jpeg(SMALL), segments))).toMatchObject({
      strippable: true,
      previews: [{}],
    });
  });
});

describe('lies', () => {
  test.for([
    [
      'a WebP whose container is of another size',
      async () => extendedWebp(await webp(SMALL), { width: 4_000, height: 4_000 }, 0),
    ],
    [
      'a WebP frame of another size than its pixels',
      async () =>
        patched(
          await movingWebp([{ pixels: SMALL }, { pixels: SMALL }]),
          [...Buffer.from('ANMF')],
          [...le24(0)],
          8 + 6,
        ),
    ],
    [
      'a PNG with rows filtered in a way there is not',
      async () =>
        join(SIGNATURE, pngHeader(9, 9), chunk('IDAT', deflateSync(new Uint8Array(400).fill(9))), chunk('IEND')),
    ],
    [
      'a PNG whose pixels are no deflate stream',
      async () => join(SIGNATURE, pngHeader(9, 9), chunk('IDAT', join('nonsense')), chunk('IEND')),
    ],
    ['a PNG without pixels', async () => join(SIGNATURE, pngHeader(9, 9), chunk('IEND'))],
    [
      'a PNG of no size',
      async () => join(SIGNATURE, pngHeader(0, 9), chunk('IDAT', deflateSync(new Uint8Array(9))), chunk('IEND')),
    ],
    ['a PNG of a colour type there is not', async () => patched(png(SMALL), [...Buffer.from('IHDR')], [9, 9], 4 + 8)],
    ['a JPEG that is only a header', async () => (await jpeg(SMALL)).subarray(0, 200)],
    ['a GIF of no size', async () => join('GIF89a', le16(0), le16(0), [0, 0, 0, 0x3b])],
    ['a GIF with nothing in it', async () => join('GIF89a', le16(9), le16(9), [0, 0, 0, 0x3b])],
  ] as const)('%s is broken', async ([, make]) => {
    const report = await inspect(await make());
    expect(findingOf(report, 'broken')).toBeDefined();
    expect(levelOf(report)).toBe('careful');
  });

  test('an EXIF block that goes round in circles, or points nowhere, says nothing', async () => {
    const circle = join(
      'II',
      le16(42),
      [8, 0, 0, 0],
      le16(2),
      [0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0],
      [0x0f, 1, 2, 0, 255, 255, 255, 255, 255, 255, 255, 255],
    );
    const report = await inspect(png(SMALL, { before: [chunk('eXIf', circle)] }));
    expect(report.facts).toHaveLength(1);
    expect(report.strippable).toBe(true);
  });
});

test('cut off at any byte, a picture says that it is broken, or is shown as far as it goes', async () => {
  for (const [name, file] of await small()) {
    expect(file.length, name).toBeLessThan(4_096);
    for (const part of truncated(file, CUT)) {
      const report = await inspect(part);
      expect(Value.Check(Report, report), `${name} of ${part.length} bytes`).toBe(true);
      expect(report.limits).toEqual([]);
      if (report.type !== 'png' && report.type !== 'jpeg' && report.type !== 'gif' && report.type !== 'webp') continue;
      expect(findingOf(report, 'broken'), `${name} of ${part.length} bytes`).toBeDefined();
    }
  }
}, 120_000);

test('of a PNG that ends early there is a preview of what was seen', async () => {
  const whole = png(scamScene(1, 300, 200));
  const report = await inspect(whole.subarray(0, whole.length / 2));
  expect(report.previews).toMatchObject([{ width: 256, height: 171 }]);
  expect(findingOf(report, 'broken')).toBeDefined();
});

test('whatever is done to pictures, they are opened within the limits or refused', async () => {
  const files = await small();
  const random = randomOf(20_260_301);
  for (let round = 0; round < ROUNDS; round++) {
    const [name, file] = files[round % files.length] ?? ['', new Uint8Array()];
    const bytes = mutated(file, random);
    const report = await inspect(bytes, { pixels: 400_000, bytesOut: 4_000_000, milliseconds: 1_500 });
    expect(Value.Check(Report, report), `${name}, round ${round}`).toBe(true);
    expect(report.limits.filter(({ limit }) => limit === 'milliseconds')).toEqual([]);
    const stripped = await stripMetadata.run({ bytes });
    if (stripped.ok) expect(stripped.value.bytes.length).toBeLessThan(bytes.length + 64);
  }
}, 120_000);

/** The file with other bytes, `skip` behind the first place where `mark` stands (else right behind it). */
function patched(file: Uint8Array, mark: readonly number[], bytes: readonly number[], skip = mark.length): Uint8Array {
  const at = Buffer.from(file).indexOf(Buffer.from(mark));
  if (at === -1) throw new Error('the place to change is not there');
  const copy = file.slice();
  copy.set(bytes, at + skip);
  return copy;
}
