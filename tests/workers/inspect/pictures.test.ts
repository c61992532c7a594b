import { deflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import type { Limits } from '../../../src/workers/inspect/budget.ts';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { Canvas, type Pixels } from '../../files/canvas.ts';
import { exif, jpegSegment, withSegments } from '../../files/exif.ts';
import { gif } from '../../files/gif.ts';
import { join, repeated } from '../../files/picture-bytes.ts';
import { jpeg, pasted, qrCode, webp } from '../../files/pictures.ts';
import { apng, chunk, type PngKind, png, zippedText } from '../../files/png.ts';
import { scamScene, scene } from '../../files/scenes.ts';
import { resized, turned } from '../../files/transformed.ts';
import { extendedWebp, movingWebp, riffChunk } from '../../files/webp.ts';
import { factsOf, findingOf, inspect as inspectNamed } from './inspecting.ts';

/** A name that claims nothing. */
const inspect = (file: Uint8Array, limits: Partial<Limits> = {}) => inspectNamed(file, 'file', limits);

const PICTURE = scamScene(1, 200, 150);
/** Colours that every format keeps as they are. */
const FLAGS = ['#cc3300', '#003399', '#ffcc00', '#006600'].map((hex, index) => flag(hex, index));
const HOME = { latitude: [48, 51, 30.24], longitude: [2, 17, 40.2], west: true };

function flag(hex: string, index: number): Pixels {
  const canvas = new Canvas(60, 40);
  const colour = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  canvas.rectangle(0, 0, 1, 1, [colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0]);
  canvas.rectangle(0.1 + index * 0.2, 0.2, 0.15, 0.5, [255, 255, 255]);
  return canvas;
}

/** The first picture that is shown, as pixels: one of up to 256 pixels is shown as it is. */
function shown(report: Report): Uint8Array {
  const preview = report.previews.find(({ kind }) => kind === 'picture');
  if (preview?.kind !== 'picture') throw new Error('no picture is shown');
  const { data, width, height } = decode(preview.png);
  expect({ width, height }).toEqual({ width: preview.width, height: preview.height });
  return Uint8Array.from(data);
}

function rgbOf({ data }: Pixels): Uint8Array {
  return Uint8Array.from(data.filter((_, at) => at % 4 !== 3));
}

/** How far apart on average, in levels. */
function difference(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length);
  return one.reduce((sum, level, at) => sum + Math.abs(level - (other[at] ?? 0)), 0) / one.length;
}

function saidOf(report: Report, label: Report['facts'][number]['label']): unknown {
  return report.facts.find((fact) => fact.label === label)?.params.value;
}

describe('a still', () => {
  const kinds = ([6, 2, 0, 3, 4] as const).flatMap((colours) =>
    ([8, 16, 4, 2, 1] as const)
      .filter(
        (depth) => depth === 8 || (depth === 16 && colours !== 3) || (depth < 8 && (colours === 0 || colours === 3)),
      )
      .flatMap((depth) => [false, true].map((interlaced): PngKind => ({ colours, depth, interlaced }))),
  );

  test.for(kinds)(
    'PNG of colour type $colours and $depth bits, interlaced $interlaced, is shown pixel for pixel',
    async (kind) => {
      const file = png(PICTURE, kind);
      const report = await inspect(file);
      expect(report).toMatchObject({ type: 'png', mime: 'image/png', findings: [], limits: [], strippable: false });
      expect(factsOf(report, 'pixels')).toEqual([{ width: 200, height: 150 }]);
      const levels = 2 ** Math.min(8, kind.depth ?? 8) - 1;
      const expected = rgbOf(PICTURE).map((level, at, all) => {
        if (kind.colours === 2 || kind.colours === 6) return level;
        const from = at - (at % 3);
        const grey = Math.round(0.299 * (all[from] ?? 0) + 0.587 * (all[from + 1] ?? 0) + 0.114 * (all[from + 2] ?? 0));
        return (Math.round((grey * levels) / 255) * 255) / levels;
      });
      expect(difference(shown(report), expected)).toBe(0);
    },
  );

  test.for([
    { name: 'JPEG', make: () => jpeg(PICTURE, { quality: 95 }) },
    { name: 'progressive JPEG', make: () => jpeg(PICTURE, { quality: 95, progressive: true }) },
    { name: 'WebP', make: () => webp(PICTURE, { quality: 95 }) },
    { name: 'lossless WebP', make: () => webp(PICTURE, { lossless: true }) },
    { name: 'GIF', make: async () => gif([{ pixels: FLAGS[0] ?? PICTURE }]), of: FLAGS[0] },
    {
      name: 'interlaced GIF',
      make: async () => gif([{ pixels: FLAGS[1] ?? PICTURE }], { interlaced: true }),
      of: FLAGS[1],
    },
  ])('$name is shown as it is', async ({ make, of = PICTURE }) => {
    const report = await inspect(await make());
    expect(report).toMatchObject({ findings: [], limits: [], strippable: false });
    expect(factsOf(report, 'pixels')).toEqual([{ width: of.width, height: of.height }]);
    expect(difference(shown(report), rgbOf(of))).toBeLessThan(4);
    expect(levelOf(report)).toBe('safe');
  });

  test('a large one is made smaller, and described to those who cannot see it', async () => {
    const report = await inspect(await jpeg(scene(0, 1_000, 500)));
    expect(report.previews).toMatchObject([
      { kind: 'picture', width: 256, height: 128, alt: 'A JPEG picture, 1000 by 500 pixels, made smaller' },
    ]);
    expect(report.hashes).toHaveLength(1);
    expect(report.hashes[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(report.croppedHashes.length).toBeGreaterThan(10);
    expect(new Set(report.croppedHashes).size).toBe(report.croppedHashes.length);
    expect(report.croppedHashes[0]).toBe(report.hashes[0]);
  });

  test('what is transparent is white, in every way of being so', async () => {
    const half = new Canvas(40, 40);
    half.rectangle(0, 0, 0.5, 1, [0, 0, 0]);
    for (let at = 0; at < half.data.length; at += 4) if (half.data[at] === 255) half.data.set([255, 0, 0, 0], at);
    const white = rgbOf(half).map((_, at) => (at % 120 < 60 ? 0 : 255));
    const key = [chunk('tRNS', join([0, 255, 0, 0, 0, 0]))];
    const files = [
      png(half),
      png(half, { colours: 4 }),
      png(half, { colours: 2, before: key }),
      png(half, { colours: 0, before: [chunk('tRNS', join([0, 76]))] }),
      png(half, {
        colours: 3,
        before: [
          chunk(
            'tRNS',
            Uint8Array.from({ length: 256 }, (_, index) => (index === 76 ? 0 : 255)),
          ),
        ],
      }),
      gif([{ pixels: half }]),
      await webp(half, { lossless: true }),
    ];
    for (const file of files) expect(difference(shown(await inspect(file)), white)).toBe(0);
  });

  test('one without contrast has no hash to be mistaken by', async () => {
    const canvas = new Canvas(300, 200);
    canvas.each((x) => [120 + x * 8, 120, 120]);
    expect(await inspect(png(canvas))).toMatchObject({ hashes: [], croppedHashes: [], findings: [] });
  });
});

test('a lossy WebP that breaks off is known by what is there of it', async () => {
  const whole = await webp(scamScene(3, 240, 180));
  const report = await inspect(whole.subarray(0, whole.length * 0.8));
  expect(report).toMatchObject({ previews: [{ kind: 'picture' }] });
  expect(report.hashes).toHaveLength(1);
  expect(findingOf(report, 'broken')).toEqual({ where: 'it ends early' });
  const next = await inspect(whole.subarray(0, whole.length * 0.4));
  expect(next).toMatchObject({ previews: [], hashes: [] });
});

describe('an animation', () => {
  const [red, blue, yellow, green] = FLAGS.map((pixels) => ({ pixels }));
  if (!red || !blue || !yellow || !green) throw new Error('four flags');
  const makers = {
    gif: async (frames: Parameters<typeof gif>[0]) => gif(frames),
    png: async (frames: Parameters<typeof gif>[0]) => apng(frames),
    webp: (frames: Parameters<typeof gif>[0]) => movingWebp(frames),
  };

  test.for(Object.entries(makers))(
    '%s: counts its frames, shows the first, and hashes the first and the middle one',
    async ([type, make]) => {
      const scenes = [3, 4, 5].map((seed) => ({ pixels: scamScene(seed, 240, 180) }));
      const report = await inspect(await make(scenes));
      expect(report).toMatchObject({ type, findings: [], limits: [] });
      expect(factsOf(report, 'movingPixels')).toEqual([{ width: 240, height: 180, frames: 3 }]);
      expect(report.previews).toMatchObject([{ alt: expect.stringContaining('The first of 3 frames') }]);
      const stills = await Promise.all(
        scenes.slice(0, 2).map(async (frame) => (await inspect(await make([frame]))).hashes[0]),
      );
      expect(report.hashes).toEqual(stills);
    },
  );

  test.for(Object.entries(makers))('%s: frames are put over one another as they ask for', async ([, make]) => {
    // What is to be seen of the middle frame is told by a still of the same look.
    const patch = { pixels: scamScene(8, 100, 80), x: 40, y: 20 };
    const base = { pixels: scamScene(9, 240, 180) };
    const both = pasted(base.pixels, patch.pixels, 40, 20);
    const hashOf = async (pixels: Pixels) => (await inspect(await make([{ pixels }]))).hashes[0];
    const over = await inspect(await make([base, patch]));
    expect(over.hashes[1]).toBe(await hashOf(both));
    const cleared = await inspect(
      await make([base, { ...patch, after: 'clear' }, { pixels: new Canvas(2, 2) }, red, blue]),
    );
    const hole = new Canvas(100, 80);
    expect(cleared.hashes[1]).toBe(await hashOf(pasted(pasted(base.pixels, hole, 40, 20), new Canvas(2, 2), 0, 0)));
    expect(new Set([...over.hashes, ...cleared.hashes]).size).toBe(3);
  });

  test.for([
    ['gif', makers.gif],
    ['png', makers.png],
  ] as const)('%s: a frame can be taken back', async ([, make]) => {
    const base = { pixels: scamScene(9, 240, 180) };
    const patch = { pixels: scamScene(8, 100, 80), x: 40, y: 20, after: 'restore' as const };
    const report = await inspect(await make([base, patch, { pixels: new Canvas(2, 2) }, red, blue]));
    expect(report.hashes).toHaveLength(1);
  });

  test('png: a still that is none of its frames is hashed as well, before them, also where there is one frame', async () => {
    const [still, first, second] = [3, 4, 5].map((seed) => scamScene(seed, 240, 180));
    if (!still || !first || !second) throw new Error('three scenes');
    const known = await Promise.all(
      [still, first, second].map(async (pixels) => (await inspect(png(pixels))).hashes[0]),
    );
    const report = await inspect(apng([{ pixels: first }, { pixels: second }], { still }));
    expect(report).toMatchObject({ hashes: known, findings: [], limits: [] });
    const one = await inspect(apng([{ pixels: first }], { still }));
    expect(one).toMatchObject({ hashes: known.slice(0, 2), findings: [], limits: [] });
  });

  test('the middle of a long one is reached from the last frame that covers everything', async () => {
    const frames = Array.from({ length: 40 }, (_, index) => ({ pixels: scamScene(index % 2, 200, 150) }));
    const report = await inspect(apng(frames), { pixels: 200 * 150 * 5 });
    expect(report.limits).toEqual([]);
    expect(report.hashes).toHaveLength(1); // frames 0 and 20 look the same
  });

  test('where the way to the middle is too long, the last frame that could be reached is looked at, and the limit is told', async () => {
    const clear = { pixels: new Canvas(200, 150), blend: 'over' as const };
    const frames = [
      { pixels: scamScene(1, 200, 150) },
      ...Array.from({ length: 39 }, () => ({ ...clear, pixels: scamScene(2, 200, 150) })),
    ];
    const report = await inspect(apng(frames), { pixels: 200 * 150 * 8 });
    expect(report.limits).toMatchObject([{ limit: 'pixels', allowed: 240_000 }]);
    expect(report.hashes).toHaveLength(2);
    expect(levelOf(report)).toBe('careful');
  });
});

describe('what it tells beside its pixels', () => {
  const block = exif({ make: 'Acme', model: 'Pocket 3', taken: '2026:03:04 05:06:07', place: HOME });
  const packets = {
    jpeg: async () => withSegments(await jpeg(PICTURE), jpegSegment(0xe1, join('Exif\0\0', block))),
    png: async () => png(PICTURE, { after: [chunk('eXIf', block)] }),
    webp: async () => extendedWebp(await webp(PICTURE), PICTURE, 8, riffChunk('EXIF', block)),
  };

  test.for(Object.entries(packets))(
    '%s: camera, date, and a warning of the place that does not tell it',
    async ([, make]) => {
      const report = await inspect(await make());
      expect(saidOf(report, 'camera')).toBe('Acme Pocket 3');
      expect(saidOf(report, 'taken')).toBe('2026-03-04 05:06:07');
      expect(report.findings).toEqual([{ code: 'location-inside', level: 'careful', params: {} }]);
      expect(factsOf(report, 'coordinates')).toEqual([{ latitude: '48.9', longitude: '-2.3' }]);
      expect(report.strippable).toBe(true);
      expect(report.previews).toHaveLength(1);
    },
  );

  test('XMP says the same', async () => {
    const xmp =
      '<x:xmpmeta exif:GPSLatitude="33,51.5S" exif:GPSLongitude="151,12.6E"><xmp:CreatorTool>Painter 9</xmp:CreatorTool></x:xmpmeta>';
    const files = [
      withSegments(await jpeg(PICTURE), jpegSegment(0xe1, join('http://ns.adobe.com/xap/1.0/\0', xmp))),
      png(PICTURE, { before: [chunk('iTXt', join('XML:com.adobe.xmp\0\0\0\0\0', xmp))] }),
      extendedWebp(await webp(PICTURE), PICTURE, 4, riffChunk('XMP ', join(xmp))),
      gif([{ pixels: PICTURE }], {
        extensions: [
          join(
            [0x21, 0xff, 11],
            'XMP DataXMP',
            xmp,
            Array.from({ length: 258 }, (_, at) => (at === 0 ? 1 : 256 - at) & 255),
            [0],
          ),
        ],
      }),
    ];
    for (const file of files) {
      const report = await inspect(file);
      expect(factsOf(report, 'coordinates')).toEqual([{ latitude: '-33.9', longitude: '151.2' }]);
      expect(saidOf(report, 'software')).toBe('Painter 9');
      expect(findingOf(report, 'location-inside')).toBeDefined();
    }
  });

  const raw = (kind: string, bytes: Uint8Array | string) => {
    const all = Buffer.from(join(bytes));
    return `\n${kind}\n${String(all.length).padStart(8)}\n${all.toString('hex').replace(/.{72}/g, '$&\n')}\n`;
  };
  const placed = exif({ make: 'Acme', orientation: 6, place: HOME });
  const adobe = '<x:xmpmeta exif:GPSLatitude="48,51.504N" exif:GPSLongitude="2,17.67W"/>';
  test.for([
    ['packed EXIF', zippedText('Raw profile type exif', raw('exif', join('Exif\0\0', placed)))],
    ['EXIF that is not packed', chunk('tEXt', `Raw profile type exif\0${raw('exif', join('Exif\0\0', placed))}`)],
    ['EXIF as APP1', zippedText('Raw profile type APP1', raw('app1', join('Exif\0\0', placed)))],
    ['bare EXIF', zippedText('Raw profile type exif', raw('exif', placed))],
    [
      'EXIF with a large thumbnail',
      zippedText('Raw profile type exif', raw('exif', join(placed, repeated(Uint8Array.of(7), 200_000)))),
    ],
    ['XMP as APP1', zippedText('Raw profile type APP1', raw('app1', `http://ns.adobe.com/xap/1.0/\0${adobe}`))],
    ['XMP', zippedText('Raw profile type xmp', raw('xmp', adobe))],
    ['packed XMP', chunk('iTXt', join('XML:com.adobe.xmp', [0, 1, 0, 0, 0], deflateSync(adobe)))],
  ] as const)(
    'a place written into a text of a PNG, %s, is told as any other, and no digits are shown',
    async ([, text]) => {
      const plain = await inspect(png(PICTURE));
      const report = await inspect(png(PICTURE, { before: [text] }));
      expect(report.findings).toEqual([{ code: 'location-inside', level: 'careful', params: {} }]);
      expect(factsOf(report, 'coordinates')).toEqual([{ latitude: '48.9', longitude: '-2.3' }]);
      expect(saidOf(report, 'comment')).toBeUndefined();
      expect(report.strippable).toBe(true);
      expect(report.hashes).toEqual(plain.hashes); // nobody turns a picture for what such a text says
    },
  );

  test('a text that only calls itself a profile tells nothing', async () => {
    const texts = ['', '\nexif\n', '\nexif\n 9\nzz', '\nexif\n 4\n49492a00', `\nexif\n 9\n${'4'.repeat(500_000)}`];
    for (const text of texts) {
      const report = await inspect(png(PICTURE, { before: [zippedText('Raw profile type exif', text)] }));
      expect(report).toMatchObject({ findings: [], facts: [{ code: 'pixels' }] });
    }
  });

  test('texts inside are shown, made harmless', async () => {
    const files = [
      png(PICTURE, { before: [chunk('tEXt', 'Comment\0hello\u001b[31m')] }),
      png(PICTURE, { before: [zippedText('Comment', 'hello\u001b[31m')] }),
      png(PICTURE, { before: [chunk('iTXt', 'Comment\0\0\0en\0Kommentar\0hello\u001b[31m')] }),
    ];
    for (const file of files) expect(saidOf(await inspect(file), 'comment')).toBe('Comment: hello␛[31m');
    const comment = [join([0x21, 0xfe, 5], 'hello', [0])];
    expect(saidOf(await inspect(gif([{ pixels: PICTURE }], { extensions: comment })), 'comment')).toBe('hello');
    expect(saidOf(await inspect(withSegments(await jpeg(PICTURE), jpegSegment(0xfe, join('hello')))), 'comment')).toBe(
      'hello',
    );
  });

  test.for([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i: it is shown and hashed upright', async (orientation) => {
    const picture = scamScene(2, 160, 100);
    const upright = await inspect(await jpeg(picture, { quality: 95 }));
    const file = withSegments(
      await jpeg(turned(picture, orientation), { quality: 95 }),
      jpegSegment(0xe1, join('Exif\0\0', exif({ orientation }))),
    );
    const report = await inspect(file);
    expect(factsOf(report, 'pixels')).toEqual([{ width: 160, height: 100 }]);
    expect(difference(shown(report), shown(upright))).toBeLessThan(4);
    expect(report.hashes).toEqual(upright.hashes);
  });
});

describe('QR codes', () => {
  test.for([
    { name: 'PNG', make: async (pixels: Pixels) => png(pixels) },
    { name: 'JPEG', make: (pixels: Pixels) => jpeg(pixels, { quality: 80 }) },
    { name: 'GIF', make: async (pixels: Pixels) => gif([{ pixels }]) },
    { name: 'WebP', make: (pixels: Pixels) => webp(pixels) },
  ])('are read in a $name, and their addresses are links', async ({ make }) => {
    const code = await qrCode('https://example.com/menu?table=4');
    const report = await inspect(await make(pasted(scamScene(4, 480, 360), code, 20, 60)));
    expect(report.links).toEqual(['https://example.com/menu?table=4']);
    expect(saidOf(report, 'qrCode')).toBe('https://example.com/menu?table=4');
    expect(findingOf(report, 'login-code')).toBeUndefined();
  });

  test('a small one in a large picture is read, too, and every one of several', async () => {
    const [one, other] = await Promise.all([
      qrCode('https://example.com/1', { scale: 6 }),
      qrCode('WIFI:S:cafe;;', { scale: 5 }),
    ]);
    const report = await inspect(
      await jpeg(pasted(pasted(scene(0, 2_600, 1_800), one, 100, 100), other, 2_000, 1_400)),
    );
    expect(
      report.facts
        .filter(({ label }) => label === 'qrCode')
        .map(({ params }) => params.value)
        .sort(),
    ).toEqual(['WIFI:S:cafe;;', 'https://example.com/1']);
    expect(report.links).toContain('https://example.com/1');
  });

  test.for([
    { name: 'PNG', factor: 0.44, free: false, make: async (pixels: Pixels) => png(pixels) },
    { name: 'JPEG', factor: 0.44, free: false, make: (pixels: Pixels) => jpeg(pixels) },
    // Its pixels are still all there.
    { name: 'WebP', factor: 0.5, free: true, make: (pixels: Pixels) => webp(pixels) },
  ])(
    'one too small for the first look at a large $name is read at the second, if that can be paid for',
    async ({ factor, free, make }) => {
      const code = resized(await qrCode('https://example.com/1', { scale: 5 }), factor);
      const file = await make(pasted(scene(2, 1_700, 1_300), code, 101, 101));
      expect(saidOf(await inspect(file), 'qrCode')).toBe('https://example.com/1');
      const once = await inspect(file, { pixels: 1_700 * 1_300 });
      expect(saidOf(once, 'qrCode')).toBe(free ? 'https://example.com/1' : undefined);
      expect(once.limits).toEqual([]);
    },
  );

  test('one that logs somebody else in is dangerous', async () => {
    const report = await inspect(png(await qrCode('https://discord.com/ra/kH3v9sGz1')));
    expect(findingOf(report, 'login-code')).toBeDefined();
    expect(levelOf(report)).toBe('dangerous');
  });

  test('a picture of nothing else has no hash, because they all look alike', async () => {
    expect(await inspect(png(await qrCode('https://example.com/', { margin: 12 })))).toMatchObject({
      hashes: [],
      croppedHashes: [],
    });
  });

  test('a poster is the same with another code on it', async () => {
    const poster = resized(scamScene(6), 1.5);
    const [one, other] = await Promise.all(
      ['https://example.com/1', 'https://example.org/another'].map(async (text) => {
        const code = await qrCode(text, { margin: 3 });
        return inspect(png(pasted(poster, code, 500, 300)));
      }),
    );
    expect(one?.facts).not.toEqual(other?.facts);
    expect(one?.hashes).toEqual(other?.hashes);
  });
});
