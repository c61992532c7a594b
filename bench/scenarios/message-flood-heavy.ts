import { messageFlood } from '../load/message-flood.ts';
import { heavyMessages } from '../load/messages.ts';

/** The same with messages as long as they come, a tenth of them made to be hard to read: here a bot that judges on its main thread can keep up no more. */
export default messageFlood({
  perSecond: 500,
  about: 'messages of 2,000 to 4,000 characters a second, a tenth of them hostile,',
  contents: () => heavyMessages(1_000),
  more: { long: true, leastRatio: 10 },
});
