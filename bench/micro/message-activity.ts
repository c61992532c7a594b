import messageActivity from '../../src/workers/tasks/message-activity.ts';
import { defineMicro, sized } from '../micro.ts';

const WORDS = 'The penguin <@123456789012345678> hopped to https://example.org/rocks and <:smile:123456789012345678> ';
const UNSPACED = '企鵝從一塊岩石跳到另一塊岩石上，其他的都在看著牠。';

function filled(pattern: string) {
  return (length: number) => ({ content: pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length) });
}

/** Discord lets people write 2,000 letters, or 4,000; of more than 20,000 the rest is not counted. */
export default defineMicro({
  task: messageActivity,
  about: 'counts the words, links and mentions of a message',
  inputs: {
    'words with spaces': sized(filled(WORDS), [20, 400, 20_000]),
    'words without spaces': sized(filled(UNSPACED), [20, 400, 20_000]),
  },
});
