import { messageFlood } from '../load/message-flood.ts';
import { mixedMessages } from '../load/messages.ts';

/** How long a person waits for an answer while everybody writes: 1000 messages a second. */
export default messageFlood({
  perSecond: 1000,
  about: 'messages a second',
  contents: () => mixedMessages(5_000),
  more: { long: true },
});
