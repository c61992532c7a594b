import { Type } from '@sinclair/typebox';
import { defineTask } from '../task.ts';

/** Draws letters that are to be read by people. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 30_000,
  input: Type.Object({ letters: Type.String({ pattern: '^[A-Z0-9]{1,8}$' }) }),
  output: Type.Object({ png: Type.Uint8Array(), width: Type.Integer(), height: Type.Integer() }),
  sample: { letters: 'ACE34' },
  async run(asked) {
    // What draws is large, and most threads never draw.
    const { drawCaptcha } = await import('../cards/captcha.ts');
    return drawCaptcha(asked);
  },
});
