import { messageFlood } from '../load/message-flood.ts';
import { mixedMessages } from '../load/messages.ts';

/** How long a person waits for an answer while everybody writes: 2000 messages a second. */
export default messageFlood({
  perSecond: 2000,
  about: 'messages a second',
  contents: () => mixedMessages(5_000),
  more: { quick: { rounds: 1, seconds: 2.5 } },
});
