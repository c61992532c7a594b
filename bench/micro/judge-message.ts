import judgeMessage from '../../src/workers/tasks/judge-message.ts';
import { defineMicro, sized } from '../micro.ts';
import { compiledRules } from '../rules.ts';

const WORDS = 'The penguin <@123456789012345678> hopped to https://example.org/rocks and <:smile:123456789012345678> ';
const UNSPACED = '企鵝從一塊岩石跳到另一塊岩石上，其他的都在看著牠。';

/** Nothing of it is read as it is written. */
const DISGUISED = 'Tһе **реnguіn** h\u0337o\u0336p\u0338s 𝔣𝔯𝔬𝔪 %72ock t o r o c k, ѕоооо 🇭 🇦 🇵 🇵 🇾 ||ａｎｄ|| w3ll ';

const AUTHOR = { id: '123456789012345678', roles: [], accountMs: 86_400_000 };

function filled(pattern: string) {
  return (length: number) => ({
    text: pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length),
    author: AUTHOR,
    channel: { id: '223456789012345678' },
    edited: false,
    forwarded: false,
    count: true,
  });
}

/** Discord lets people write 2,000 letters, or 4,000; of more than 20,000 the rest is not counted. */
export default defineMicro({
  task: judgeMessage,
  about: 'judges a message by the rules of its server, and counts its words, links and mentions',
  inputs: {
    'words with spaces': sized(filled(WORDS), [20, 400, 20_000]),
    'words without spaces': sized(filled(UNSPACED), [20, 400, 20_000]),
    '100 rules, 50 of them patterns, 10,000 terms': sized(
      async (length) => ({ ...filled(WORDS)(length), rules: await compiledRules(100, 10_000) }),
      [20, 120, 4_000],
    ),
    'the same rules, words in disguise': sized(
      async (length) => ({ ...filled(DISGUISED)(length), rules: await compiledRules(100, 10_000) }),
      [20, 120, 4_000],
    ),
    '100,000 terms': sized(
      async (length) => ({ ...filled(WORDS)(length), rules: await compiledRules(2, 100_000) }),
      [20, 400, 2_000],
    ),
  },
});
