import { Type } from '@sinclair/typebox';
import { strToU8, zipSync } from 'fflate';
import { defineTask } from '../task.ts';

/** A ZIP, whole by itself, of texts by the names of their files. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({ files: Type.Array(Type.Object({ name: Type.String(), pieces: Type.Array(Type.String()) })) }),
  output: Type.Object({ bytes: Type.Uint8Array() }),
  sample: { files: [] },
  run({ files }) {
    const named = files.map(({ name, pieces }) => [name, strToU8(`[\n${pieces.join(',\n')}\n]\n`)] as const);
    return { bytes: zipSync(Object.fromEntries(named)) };
  },
});
