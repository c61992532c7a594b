import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import zipTexts from '../../../src/workers/tasks/zip-texts.ts';

test('each file of the ZIP is a list of what was given for it', async () => {
  const files = [
    { name: 'people.json', pieces: ['{"zone":"UTC"}'] },
    { name: 'messages.json', pieces: ['{"body":"ü\\n"}', '{"body":"b"}'] },
  ];
  const outcome = await zipTexts.run({ files });
  if (!outcome.ok) throw new Error(outcome.error.message);
  const read = Object.entries(unzipSync(outcome.value.bytes)).map(([name, bytes]) => [
    name,
    JSON.parse(strFromU8(bytes)),
  ]);
  expect(read).toEqual([
    ['people.json', [{ zone: 'UTC' }]],
    ['messages.json', [{ body: 'ü\n' }, { body: 'b' }]],
  ]);
});
