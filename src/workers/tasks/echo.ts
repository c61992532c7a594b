import { Type } from '@sinclair/typebox';
import { defineTask } from '../task.ts';

/** Gives back what it got: the round trip to a thread, measured by `/ping` and `doctor`. */
export default defineTask({
  lane: 'quick',
  input: Type.String({ maxLength: 10_000 }),
  output: Type.String(),
  sample: 'hello',
  run: (text) => text,
});
