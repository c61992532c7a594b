import type { Static } from '@sinclair/typebox';
import { judge } from '../rules/judge.ts';
import { JudgeInput, Verdict } from '../rules/verdict.ts';
import { defineTask } from '../task.ts';
import { activityOf } from '../text/activity.ts';

/** What a server's rules say of a message, and how many words, links and mentions it has: one way to a thread for both. For whoever asks about one; what is written comes in batches, as `judgeMessages`. */
export default defineTask({
  lane: 'quick',
  input: JudgeInput,
  output: Verdict,
  sample: {
    text: 'Hello <@123456789012345678>, see https://example.com',
    author: { id: '123456789012345678', roles: [], accountMs: 86_400_000 },
    channel: { id: '223456789012345678' },
    edited: false,
    forwarded: false,
    count: true,
  },
  run(input): Static<typeof Verdict> {
    const judged = input.rules ? judge(input, input.rules) : { hits: [] };
    return input.count ? { activity: activityOf(input.text), ...judged } : judged;
  },
});
