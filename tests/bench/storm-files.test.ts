import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { copyOf } from '../../bench/load/stamped.ts';
import { sizeOf, stormFiles } from '../../bench/load/storm-files.ts';
import { hostileKinds, kindsOf } from '../../bench/load/storm-templates.ts';
import { inspect } from '../workers/inspect/inspecting.ts';

test('seven of ten files are small, a quarter of about 1 MB, one of twenty large, and every fiftieth hostile instead', () => {
  const count: Record<string, number> = {};
  for (let index = 0; index < 1_000; index++) count[sizeOf(index)] = (count[sizeOf(index)] ?? 0) + 1;
  expect(count).toEqual({ small: 690, medium: 240, large: 50, hostile: 20 });
});

test.for([
  ['server.log', 'log'],
  ['members.csv', 'csv'],
  ['export.json', 'json'],
  ['screenshot.png', 'png'],
  ['photo.jpg', 'jpeg'],
  ['backup.zip', 'zip'],
  ['report.pdf', 'pdf'],
])('%s is really %s after it was stamped, and nothing is found wrong with it', async ([name, type]) => {
  const template = (await kindsOf(20_000)).find((one) => one.name === name);
  if (!template) throw new Error(`there is no ${name}`);
  const { bytes, contentType } = copyOf(template, 42);
  expect(Buffer.from(bytes).includes('0000000000000042')).toBe(true);
  expect(bytes.length / 20_000).toBeGreaterThan(0.4);
  const { type: seen, mime, findings } = await inspect(new Uint8Array(bytes), name ?? '');
  expect([seen, mime.split('/')[0], findings.filter(({ level }) => level !== 'safe')]).toEqual([
    type,
    contentType?.split('/')[0],
    [],
  ]);
});

test('no two files of a storm have the same bytes, and none is changed afterwards', async () => {
  const small = await kindsOf(3_000);
  const hostile = hostileKinds();
  const next = stormFiles({ small, medium: small, large: small, hostile }, 1);
  const files = Array.from({ length: 500 }, next);
  expect(new Set(files.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))).size).toBe(500);
  expect(new Set(files.map(({ name }) => name)).size).toBe(7 + hostile.length);
});

test('the sum of the stamped chunk of a PNG is right', async () => {
  const template = (await kindsOf(3_000)).find(({ name }) => name.endsWith('.png'));
  if (!template) throw new Error('there is no PNG');
  const { bytes } = copyOf(template, 123);
  const view = new DataView(bytes.buffer, bytes.byteOffset + 33);
  const length = view.getUint32(0);
  expect(view.getUint32(8 + length)).toBe(crc32(bytes.subarray(33 + 4, 33 + 8 + length)));
});
