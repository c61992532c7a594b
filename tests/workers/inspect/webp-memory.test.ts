import { expect, test } from 'vitest';
import { decodeWebp } from '../../../src/workers/inspect/picture/codecs.ts';

const PIXEL = Uint8Array.from(Buffer.from('UklGRhwAAABXRUJQVlA4TA8AAAAvAAAAAAcQ/Y/+ByKi/wEA', 'base64'));

test('where there is no class for pixels the decoder puts none in place that holds the memory of the first picture', async () => {
  Reflect.deleteProperty(globalThis, 'ImageData');
  expect(await decodeWebp(PIXEL, { width: 1, height: 1 })).toMatchObject({ width: 1, height: 1 });
  expect(Reflect.get(globalThis, 'ImageData')).toHaveProperty('name', 'PlainImageData');
});
