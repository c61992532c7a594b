import { expect, test } from 'vitest';
import { shareBytes } from '../../../src/workers/shared-bytes.ts';
import readIds from '../../../src/workers/tasks/read-ids.ts';

const [A, B, C] = ['100000000000000001', '100000000000000002', '1000000000000000003'];

async function read(text: string, file?: Uint8Array, most = 10) {
  const outcome = await readIds.run({ text, most, ...(file && { file: shareBytes(file) }) });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

test('ids and mentions are read from whatever a list puts around them, each once and in order', async () => {
  expect(await read(`<@${A}>,<@!${B}>;"${C}"|'${A}' (${B})`)).toEqual({
    ids: [A, B, C],
    beyond: 0,
    twice: 2,
    rubbish: 0,
    shown: [],
  });
  expect((await read('', new TextEncoder().encode(`\ufeff${A}\r\n${B}\r\n`))).ids).toEqual([A, B]);
  expect((await read('', Uint8Array.from(Buffer.from(`\ufeff${A}\n${B}`, 'utf16le')))).ids).toEqual([A, B]);
});

test('what is no id is counted, and the first pieces of it are shown', async () => {
  const { ids, rubbish, shown } = await read(`12 <@&${A}> 99999999999999999999 ${A}x <#${B}> hello \ud800 ${C}`);
  expect({ ids, rubbish }).toEqual({ ids: [C], rubbish: 7 });
  expect(shown).toEqual(['12', `<@&${A}>`, '99999999999999999999', `${A}x`, `<#${B}>`]);
});

test('people beyond the most are counted; a file of nothing but rubbish is read', async () => {
  expect(await read(`${A} ${B} ${C} ${A}`, undefined, 2)).toMatchObject({ ids: [A, B], beyond: 1, twice: 1 });
  const random = new Uint8Array(1_000_000).map((_, at) => (at * 2_654_435_761) >>> 24);
  expect((await read('', random)).ids).toEqual([]);
});
