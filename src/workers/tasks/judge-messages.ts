import { Type } from '@sinclair/typebox';
import { Batch, judgeBatch } from '../rules/batch.ts';
import { defineTask } from '../task.ts';
import judgeMessage from './judge-message.ts';

const { sample: message } = judgeMessage;

/** What the rules of their servers say of many messages: each is judged as if it were alone. */
export default defineTask({
  lane: 'quick',
  input: Batch,
  output: Type.String(),
  sample: { messages: JSON.stringify([message, message]), rules: [] },
  run: (batch) => judgeBatch(batch, judgeMessage.run),
});
