import { packBatch } from '../../src/workers/rules/batch.ts';
import judgeMessages from '../../src/workers/tasks/judge-messages.ts';
import { mixedMessages } from '../load/messages.ts';
import { defineMicro, sized } from '../micro.ts';
import { compiledRules } from '../rules.ts';

const AUTHOR = { id: '123456789012345678', roles: [], accountMs: 86_400_000 };

/** As many as cross together where little, something and much is written. */
export default defineMicro({
  task: judgeMessages,
  about: 'judges what people write, many messages at a time',
  inputs: {
    'messages, 100 rules, 50 of them patterns, 10,000 terms': sized(
      async (count) => {
        const rules = await compiledRules(100, 10_000);
        const rest = {
          author: AUTHOR,
          channel: { id: '223456789012345678' },
          edited: false,
          forwarded: false,
          count: true,
        };
        return packBatch(mixedMessages(count).map((text) => ({ text, rules, ...rest })));
      },
      [1, 8, 16],
    ),
  },
});
