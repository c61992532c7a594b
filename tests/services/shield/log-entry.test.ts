import { expect, test } from 'vitest';
import { shieldEntry } from '../../../src/services/shield/log-entry.ts';

const message = { author: { id: '1' }, channelId: '2', url: 'https://discord.com/channels/1/2/3' };
const rest = { bytes: new Uint8Array(1), others: 0, undo: undefined, description: 'a scam' };

const entryOf = (name: string) => shieldEntry(message, 'deleted', { ...rest, name });

test('the picture is covered and told in words; what is not called a picture is a file', () => {
  const picture = { bytes: rest.bytes, description: 'a scam', spoiler: true };
  expect(entryOf('a.PNG')).toMatchObject({ pictures: [{ ...picture, name: 'SPOILER_a.PNG' }] });
  expect(entryOf('a.PNG').files).toBeUndefined();
  expect(entryOf('a.bin')).toMatchObject({ files: [{ name: 'SPOILER_a.bin' }] });
  expect(entryOf('a.bin').pictures).toBeUndefined();
});
