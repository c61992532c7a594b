import { type Static, Type } from '@sinclair/typebox';
import { compile } from '../rules/compile.ts';
import { MOST_BYTES } from '../rules/limits.ts';
import { RuleProblem } from '../rules/problem.ts';
import { SharedBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

const LIST_BYTES = 16 * 1_048_576;

const Kind = Type.Union([Type.Literal('words'), Type.Literal('domains')]);

const Output = Type.Object({
  buffer: SharedBytes(MOST_BYTES),
  problems: Type.Array(Type.Object({ rule: Type.Integer(), problem: RuleProblem })),
  listed: Type.Boolean(),
});

const SAMPLE = {
  id: 'abcdefgh',
  name: 'sample',
  on: ['message'],
  when: { any: [{ type: 'words', terms: ['free nitro'], match: 'word' }, { type: 'zalgo' }] },
  except: { roles: [], channels: [], members: [], rank: 3 },
};

/** Compiles a server's rules, JSON each, with the lists they name, into memory that the threads which judge messages share. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 30_000,
  input: Type.Object({
    rules: Type.Array(Type.String()),
    /** As they are kept: an entry a line. */
    lists: Type.Array(Type.Object({ name: Type.String(), kind: Kind, bytes: SharedBytes(LIST_BYTES) })),
  }),
  output: Output,
  sample: { rules: [JSON.stringify(SAMPLE)], lists: [] },
  run({ rules, lists }): Static<typeof Output> {
    const read = lists.map(({ name, kind, bytes }) => [name, { kind, bytes: new Uint8Array(bytes).slice() }] as const); // decoders take no shared memory
    const { buffer, problems, listed } = compile(rules, new Map(read));
    return { buffer, problems: [...problems], listed };
  },
});
