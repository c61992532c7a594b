import { inspect } from '../load/inspect.ts';
import { mixedMessages } from '../load/messages.ts';
import { askOutside } from '../load/outside.ts';
import { keepPosting } from '../load/posting.ts';
import { stormFiles, stormKinds } from '../load/storm-files.ts';
import { defineScenario } from '../scenario.ts';

const MESSAGES = { perSecond: 300, different: 5_000 } as const;
const FILE_EVERY_MS = 250;
const OUTSIDE_EVERY_MS = 500;
/** Read without a pause they would fill a core by themselves, and the machine with it. */
const READ = { rows: 20_000, pauseMs: 2_000 } as const;

/** How long a person waits for an answer while all that the other scenarios do goes on at once, in measures that two cores can carry. */
export default defineScenario({
  kind: 'ack',
  about:
    '/ping every 50 ms while people write 300 messages and send 4 files a second, services outside hang, and a large table is read',
  modes: ['offload', 'inline', 'floor'],
  rules: 'flood',
  read: READ,
  messages: { perSecond: MESSAGES.perSecond },
  load: async (tools) => {
    const { mode, slash, arrive } = tools;
    const next = stormFiles(await stormKinds());
    const contents = mixedMessages(MESSAGES.different);
    const file = async () => {
      if (mode !== 'floor') return await inspect(next(), slash);
      await slash('inspect', { file: next() });
      return { kind: 'done' } as const;
    };
    let turn = 1;
    return async () => {
      await Promise.all([
        keepPosting(tools, MESSAGES.perSecond, contents),
        arrive(FILE_EVERY_MS, file),
        arrive(OUTSIDE_EVERY_MS, () => askOutside(tools, turn++)),
      ]);
    };
  },
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
});
