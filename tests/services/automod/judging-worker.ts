import { access, writeFile } from 'node:fs/promises';
import { delay } from '../../../src/lib/deadline.ts';
import { judgeBatch } from '../../../src/workers/rules/batch.ts';
import { serve } from '../../../src/workers/serve.ts';
import { defineTask } from '../../../src/workers/task.ts';
import compileRules from '../../../src/workers/tasks/compile-rules.ts';
import judgeMessage from '../../../src/workers/tasks/judge-message.ts';
import judgeMessages from '../../../src/workers/tasks/judge-messages.ts';

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const SAMPLE = {
  text: 'Hello',
  author: { id: '123456789012345678', roles: [], accountMs: 0 },
  channel: { id: '223456789012345678' },
  edited: false,
  forwarded: false,
  count: true,
};

/** Judges as ever, but for messages that hold a thread until a file is there, or end it unless one is. */
const held = defineTask({
  lane: 'quick',
  deadlineMs: 60_000,
  input: judgeMessage.input,
  output: judgeMessage.output,
  sample: SAMPLE,
  async run(input) {
    const [, what, path = ''] = /^(hold until|end unless) (\S+)/.exec(input.text) ?? [];
    if (what === 'hold until') while (!(await exists(path))) await delay(5);
    if (what === 'end unless' && !(await exists(path))) {
      await writeFile(path, '');
      process.exit(3);
    }
    const outcome = await judgeMessage.run(input);
    if (outcome.ok) return outcome.value;
    throw new Error(outcome.error.message);
  },
});

const batches = defineTask({
  lane: 'quick',
  deadlineMs: 60_000,
  input: judgeMessages.input,
  output: judgeMessages.output,
  sample: { messages: '[]', rules: [] },
  run: (batch) => judgeBatch(batch, held.run),
});

export const answer = serve({ judgeMessage: held, judgeMessages: batches, compileRules });
