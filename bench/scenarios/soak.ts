import { inspect } from '../load/inspect.ts';
import { mixedMessages } from '../load/messages.ts';
import { keepPosting } from '../load/posting.ts';
import { stormFiles, stormKinds } from '../load/storm-files.ts';
import { defineScenario } from '../scenario.ts';

const PER_SECOND = 300;
const FILE_EVERY_MS = 1_000;

/** Whether anything grows that should not: half an hour of what a busy server does. Only when it is asked for. */
export default defineScenario({
  kind: 'ack',
  about: 'half an hour of 300 messages and one file a second: what memory, handles and threads come to',
  modes: ['offload'],
  rules: 'flood',
  messages: { perSecond: PER_SECOND },
  load: async (tools) => {
    const next = stormFiles(await stormKinds());
    const contents = mixedMessages(5_000);
    return async () => {
      await Promise.all([
        keepPosting(tools, PER_SECOND, contents),
        tools.arrive(FILE_EVERY_MS, () => inspect(next(), tools.slash)),
      ]);
    };
  },
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
  onlyAlone: true,
  own: { rounds: 1, seconds: 1_800 },
});
