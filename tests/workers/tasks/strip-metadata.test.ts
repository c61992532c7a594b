import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../src/workers/inspect/report.ts';
import stripMetadata from '../../../src/workers/tasks/strip-metadata.ts';
import { exif, jpegSegment, withSegments } from '../../files/exif.ts';
import { gif } from '../../files/gif.ts';
import { join } from '../../files/picture-bytes.ts';
import { jpeg, webp } from '../../files/pictures.ts';
import { apng, chunk, png } from '../../files/png.ts';
import { scamScene } from '../../files/scenes.ts';
import { turned } from '../../files/transformed.ts';
import { extendedWebp, movingWebp, riffChunk } from '../../files/webp.ts';
import { inspect } from '../inspect/inspecting.ts';

const PICTURE = scamScene(1, 120, 90);
const SECRET = 'Rue Exemple 12';
const PLACE = { latitude: [48, 51, 30], longitude: [2, 17, 40] };

function block(orientation = 1): Uint8Array {
  return exif({ make: SECRET, model: SECRET, orientation, taken: '2026:03:04 05:06:07', place: PLACE });
}

async function stripped(bytes: Uint8Array): Promise<Uint8Array> {
  const outcome = await stripMetadata.run({ bytes });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.bytes;
}

const XMP = `<x exif:GPSLatitude="48,51.5N" exif:GPSLongitude="2,17.6E" who="${SECRET}"/>`;
const PROFILE = join('ICC_PROFILE\0', [1, 1], 'a profile of colours');

const FILES: Readonly<Record<string, (orientation: number) => Promise<Uint8Array>>> = {
  jpeg: async (orientation) =>
    join(
      withSegments(
        await jpeg(PICTURE),
        jpegSegment(0xe1, join('Exif\0\0', block(orientation))),
        jpegSegment(0xe1, join('http://ns.adobe.com/xap/1.0/\0', XMP)),
        jpegSegment(0xe2, PROFILE),
        jpegSegment(0xed, join('Photoshop 3.0\0', SECRET)),
        jpegSegment(0xfe, join(SECRET)),
      ),
      SECRET,
    ),
  png: async (orientation) =>
    join(
      png(PICTURE, {
        before: [
          chunk('iCCP', join('profile\0\0', [1, 2, 3])),
          chunk('tEXt', `Author\0${SECRET}`),
          chunk('eXIf', block(orientation)),
        ],
        after: [chunk('tIME', join([7, 234, 1, 1, 1, 1, 1])), chunk('prIv', SECRET)],
      }),
      SECRET,
    ),
  gif: async () =>
    join(
      gif([{ pixels: PICTURE }, { pixels: PICTURE }], {
        extensions: [
          join([0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0]),
          join([0x21, 0xfe, SECRET.length], SECRET, [0]),
          join([0x21, 0xff, 11], 'PRIVATE 1.0', [SECRET.length], SECRET, [0]),
        ],
      }),
      SECRET,
    ),
  webp: async (orientation) =>
    join(
      extendedWebp(
        await webp(PICTURE),
        PICTURE,
        0x0c,
        riffChunk('EXIF', block(orientation)),
        riffChunk('XMP ', join(XMP)),
        riffChunk('priv', join(SECRET)),
      ),
      SECRET,
    ),
};

describe.for(Object.entries(FILES))('%s', ([type, make]) => {
  test('nothing of what it told is left, and it looks the same', async () => {
    const file = await make(1);
    const [before, copy] = [await inspect(file, 'file'), await stripped(file)];
    expect(before.strippable).toBe(true);
    const after = await inspect(copy, 'file');
    expect(after).toMatchObject({ type, findings: [], limits: [], strippable: false });
    expect(after.facts).toEqual(before.facts.filter(({ label }) => label === 'dimensions'));
    expect(after.previews).toEqual(before.previews);
    expect(levelOf(after)).toBe('safe');
    for (const trace of [SECRET, 'GPS', '2026:03:04']) expect(Buffer.from(copy).includes(trace)).toBe(false);
  });

  test('what remains is byte for byte what it was, and stripping it again changes nothing', async () => {
    const copy = await stripped(await make(1));
    expect(await stripped(copy)).toEqual(copy);
    expect(copy.length).toBeLessThan((await make(1)).length);
  });

  test('cut off anywhere, it is stripped or refused', async () => {
    const file = await make(6);
    for (let length = 0; length < file.length; length += 97) {
      const outcome = await stripMetadata.run({ bytes: file.subarray(0, length) });
      if (outcome.ok) expect(Buffer.from(outcome.value.bytes).includes(SECRET)).toBe(false);
      else expect(outcome.error.name).toBe('BrokenPictureError');
    }
  });
});

test.for(['jpeg', 'png', 'webp'])('%s: which side is up is all that stays of a block that says so', async (type) => {
  const file = await FILES[type]?.(6);
  const copy = await stripped(file ?? new Uint8Array());
  expect(Buffer.from(copy).includes(SECRET)).toBe(false);
  const [before, after] = [await inspect(file ?? new Uint8Array(), 'file'), await inspect(copy, 'file')];
  expect(after.facts).toEqual([{ label: 'dimensions', code: 'pixels', params: { width: 90, height: 120 } }]);
  expect(after.previews).toEqual(before.previews);
  expect(after).toMatchObject({ findings: [], strippable: false });
});

test('pixels and colours are kept as they are', async () => {
  const plain = await jpeg(PICTURE);
  const copy = Buffer.from(await stripped((await FILES.jpeg?.(1)) ?? plain));
  const scan = Buffer.from(plain).indexOf(Buffer.from([0xff, 0xda]));
  expect(copy.includes(Buffer.from(plain.subarray(scan)))).toBe(true);
  expect(copy.includes(Buffer.from(PROFILE))).toBe(true);
  expect(copy.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
});

test('the thumbnail in a JPEG header goes with the rest', async () => {
  const header = jpegSegment(0xe0, join('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 2, 2], SECRET));
  const file = withSegments(await jpeg(PICTURE), header);
  const copy = await stripped(file);
  expect(Buffer.from(copy).includes(SECRET)).toBe(false);
  expect((await inspect(copy, 'file')).findings).toEqual([]);
});

test('a picture without metadata stays as it is', async () => {
  const moving = [
    { pixels: PICTURE },
    { pixels: scamScene(2, 120, 90) },
    { pixels: scamScene(3, 60, 40), x: 10, y: 10 },
  ];
  const files = [
    png(PICTURE),
    png(PICTURE, { interlaced: true }),
    apng(moving),
    await jpeg(PICTURE),
    await jpeg(PICTURE, { progressive: true }),
    gif(moving),
    await webp(PICTURE),
    await webp(PICTURE, { lossless: true }),
    await movingWebp(moving),
    withSegments(await jpeg(turned(PICTURE, 6)), jpegSegment(0xe1, join('Exif\0\0', await orientationBlock()))),
  ];
  for (const file of files) {
    expect(await stripped(file)).toEqual(file);
    expect((await inspect(file, 'file')).strippable).toBe(false);
  }
});

/** As it stands in a copy. */
async function orientationBlock(): Promise<Uint8Array> {
  const copy = Buffer.from(await stripped((await FILES.jpeg?.(6)) ?? new Uint8Array()));
  const start = copy.indexOf('Exif\0\0') + 6;
  return copy.subarray(start, start + 26);
}

test('what is no picture is refused', async () => {
  expect(await stripMetadata.run({ bytes: join('%PDF-1.7') })).toMatchObject({
    ok: false,
    error: { name: 'BrokenPictureError' },
  });
});
