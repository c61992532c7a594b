import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import { limitsOf } from '../../../src/services/inspector/limits.ts';
import { AREAS } from '../../../src/services/settings/areas.ts';

const set = (own: Readonly<Record<string, number>>) => AREAS.files.mend(own).value;

test('what a server has set counts up to what the operator allows', () => {
  const config = parseConfig({ FILES_MAX_MEGAPIXELS: '8', FILES_MAX_UNPACKED_MEGABYTES: '32' });
  const { limits } = limitsOf(set({ megapixels: 64, unpackedMegabytes: 256 }), config);
  expect(limits).toMatchObject({ pixels: 8_000_000, roughPixels: 8_000_000, bytesOut: 32_000_000 });
  const less = limitsOf(set({ megapixels: 2, unpackedMegabytes: 3 }), config);
  expect(less.limits).toMatchObject({ pixels: 2_000_000, roughPixels: 8_000_000, bytesOut: 3_000_000 });
});

test('unless the operator says less, all that can be set counts', () => {
  const { limits } = limitsOf(set({ megapixels: 64, unpackedMegabytes: 256 }), parseConfig({}));
  expect(limits).toMatchObject({ pixels: 64_000_000, bytesOut: 256_000_000 });
});
