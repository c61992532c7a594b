import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import avatarColours from '../../../src/workers/tasks/avatar-colours.ts';

/** Three quarters red, one quarter blue, row by row, in any layout of channels. */
function picture(channels: 1 | 2 | 3 | 4, depth: 8 | 16 = 8): Uint8Array {
  const [width, height] = [64, 64];
  const data = new (depth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  const full = depth === 16 ? 65_535 : 255;
  const [red, blue] =
    channels < 3
      ? [
          [full, full],
          [0, full],
        ]
      : [
          [full, 0, 0, full],
          [0, 0, full, full],
        ];
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = (pixel < width * height * 0.75 ? red : blue) ?? [];
    for (let channel = 0; channel < channels; channel++) data[pixel * channels + channel] = colour[channel] ?? 0;
  }
  return encode({ width, height, data, channels, depth });
}

test.for([
  [3, 8],
  [4, 8],
  [3, 16],
  [4, 16],
] as const)('a picture of %i channels of %i bits has its colours by share', async ([channels, depth]) => {
  expect(await avatarColours.run({ png: picture(channels, depth) })).toEqual({
    ok: true,
    value: {
      colours: [
        { hex: '#ff0000', share: 0.75 },
        { hex: '#0000ff', share: 0.25 },
      ],
    },
  });
});

test.for([1, 2] as const)('a grey picture of %i channels has greys', async (channels) => {
  expect(await avatarColours.run({ png: picture(channels) })).toEqual({
    ok: true,
    value: {
      colours: [
        { hex: '#ffffff', share: 0.75 },
        { hex: '#000000', share: 0.25 },
      ],
    },
  });
});

test('pictures with a palette and of one bit are read too', async () => {
  const palette = chunk('PLTE', Uint8Array.of(0, 255, 0, 255, 0, 0));
  const rows = deflateSync(Buffer.from([0, 0b00001111, 0, 0b00001111]));
  const indexed = png([header(8, 2, 1, 3), palette, chunk('IDAT', rows)]);
  expect(await avatarColours.run({ png: indexed })).toMatchObject({
    value: {
      colours: [
        { hex: '#00ff00', share: 0.5 },
        { hex: '#ff0000', share: 0.5 },
      ],
    },
  });
  const grey = png([header(8, 2, 1, 0), chunk('IDAT', rows)]);
  expect(await avatarColours.run({ png: grey })).toMatchObject({
    value: {
      colours: [
        { hex: '#000000', share: 0.5 },
        { hex: '#ffffff', share: 0.5 },
      ],
    },
  });
});

test('what is transparent has no colour', async () => {
  const png = encode({ width: 4, height: 4, channels: 4, depth: 8, data: new Uint8Array(64) });
  expect(await avatarColours.run({ png })).toEqual({ ok: true, value: { colours: [] } });
});

test('noise gives at most five colours', async () => {
  const data = crypto.getRandomValues(new Uint8Array(128 * 128 * 3));
  const outcome = await avatarColours.run({ png: encode({ width: 128, height: 128, channels: 3, depth: 8, data }) });
  expect(outcome.ok && outcome.value.colours.length).toBeLessThanOrEqual(5);
});

test.for([
  ['nothing', new Uint8Array()],
  ['a GIF', Buffer.from('GIF89a\u0001\u0000\u0001\u0000')],
  ['zeros', new Uint8Array(1_000_000)],
  ['a signature alone', picture(3).subarray(0, 8)],
  ['half a picture', picture(3).subarray(0, 60)],
  [
    'a header that promises a billion pixels',
    png([header(30_000, 30_000, 8, 2), chunk('IDAT', deflateSync(new Uint8Array(10)))]),
  ],
  ['a bomb behind a small header', png([header(1, 1, 8, 2), chunk('IDAT', deflateSync(new Uint8Array(50_000_000)))])],
  ['pixels that do not unpack', png([header(1, 1, 8, 2), chunk('IDAT', new Uint8Array(50).fill(7))])],
  ['a chunk longer than the file', png([header(1, 1, 8, 2)]).fill(0xff, 33, 37)],
  ['an unknown kind of colour', png([header(1, 1, 8, 5), chunk('IDAT', deflateSync(new Uint8Array(4)))])],
  ['too few pixels', png([header(64, 64, 8, 2), chunk('IDAT', deflateSync(new Uint8Array(4)))])],
  ['an unknown depth', png([header(4, 4, 7, 2), chunk('IDAT', deflateSync(new Uint8Array(100)))])],
] as const)('%s is refused', async ([_, bytes]) => {
  expect(await avatarColours.run({ png: bytes })).toMatchObject({ ok: false });
});

test('a compressed bomb beside the pixels is never opened', async () => {
  const profile = Buffer.concat([Buffer.from('icc\0\0'), deflateSync(new Uint8Array(50_000_000))]);
  const pixel = chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3])));
  const before = process.memoryUsage().arrayBuffers;
  expect(await avatarColours.run({ png: png([header(1, 1, 8, 2), chunk('iCCP', profile), pixel]) })).toMatchObject({
    ok: true,
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

function png(chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, chunk('IEND', new Uint8Array())]);
}

function header(width: number, height: number, depth: number, colourType: number): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colourType], 8);
  return chunk('IHDR', data);
}

/** Sums are not checked: what is in a picture is not believed anyway. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}
