import type { Rule, Trigger } from '../../src/workers/rules/schema.ts';
import { terms } from './terms.ts';

const WORDS = 10_000;
const WORD_RULES = 50;

/** Patterns such as servers write; fifty of them. */
export const PATTERNS: readonly string[] = [
  'free\\s+nitro',
  'nitro\\s*(?:for|4)\\s*free',
  'discord\\.(?:gg|com/invite)/\\w{2,20}',
  '(?:discorcl|dlscord|disc0rd)\\.\\w{2,6}',
  'ste+am\\w*\\.(?:ru|com|gift)',
  'steamcommunity\\.[a-z]{2,4}/tradeoffer',
  '\\b(?:buy|sell)(?:ing)?\\s+\\w+\\s+coins?\\b',
  '\\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\\b',
  '\\b0x[a-f0-9]{40}\\b',
  '(?<!\\d)\\d{3}-\\d{4}\\b',
  '\\b\\d{4}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{4}\\b',
  '[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,6}',
  'ghp_[A-Za-z0-9]{36}',
  'xox[baprs]-[0-9a-z-]{10,48}',
  'akia[0-9a-z]{16}',
  '[\\w-]{24}\\.[\\w-]{6}\\.[\\w-]{27}',
  '-----begin (?:rsa|ec|openssh) private key-----',
  '\\bi+d+i+o+t+s?\\b',
  '\\bst+u+p+[i1!]+d+(?:o+)?s?\\b',
  '\\bm[o0]r[o0]n(?:ic|s)?\\b',
  '(?:join|check)\\s+(?:out\\s+)?my\\s+(?:new\\s+)?server',
  '(?:dm|pm|message)\\s+me\\s+(?:for|to)',
  '(?:click|press)\\s+(?:here|this|the\\s+link)',
  'free\\s+(?:robux|vbucks|skins?)',
  'onlyfriends\\.example/\\w+',
  '\\bcrypto\\b.*\\bgiveaway\\b',
  '\\b(?:earn|make)\\s+\\$?\\d+k?\\s+(?:a|per)\\s+(?:day|week)',
  't\\.me/\\w{3,}',
  'wa\\.me/\\d{6,}',
  'bit\\.ly/\\w+',
  'tinyurl\\.com/\\w+',
  '@everyone.{0,40}https?://',
  '\\bgift\\b.{0,30}\\bcard\\b',
  'password\\s*[:=]\\s*\\S+',
  '(?:api|secret)[_ -]?key\\s*[:=]',
  'drop\\s+table\\s+\\w+',
  '<script[^>]*>',
  'rm\\s+-rf?\\s+/',
  'curl\\s+[^|]*\\|\\s*(?:ba)?sh',
  ':\\(\\)\\s*\\{',
  '[\\x{200b}-\\x{200f}]{3,}',
  '(?:h+e+l+p+\\s*){3,}',
  '^[a-z\\s!]{120,}$',
  '(?:ha){10,}',
  '\\b(?:\\w{1,3}\\s+){15,}',
  '\\bseed\\s+phrase\\b',
  'бесплатн\\w+\\s+нитро',
  'казино|ставк[аи]',
  '(?:免费|免費).{0,5}(?:会员|會員)',
  'airdrop\\s+(?:is\\s+)?live',
];

/** What stands beside the words of each list. */
const SHAPES: readonly Trigger[] = [
  { type: 'capitals', percent: 80, least: 30 },
  { type: 'repeats', times: 12 },
  { type: 'lines', over: 25 },
  { type: 'emoji', over: 15 },
  { type: 'mentions', over: 8, of: 'all' },
  { type: 'zalgo' },
  { type: 'shell' },
  { type: 'spoilers', over: 10 },
  { type: 'link', which: 'masked' },
  { type: 'link', which: 'lookalike' },
  { type: 'length', over: 3_990 },
  { type: 'everyone' },
];

/** A hundred rules: fifty patterns, and fifty lists of two hundred words with a look at the message's shape. They only observe. */
export function floodRules(): readonly Rule[] {
  const words = terms(WORDS);
  const each = WORDS / WORD_RULES;
  const lists = Array.from({ length: WORD_RULES }, (_, at): Trigger => {
    return { type: 'words', terms: words.slice(at * each, (at + 1) * each), match: 'word', leet: at % 5 === 0 };
  });
  const whens = [
    ...PATTERNS.map((source): Rule['when'] => ({
      type: 'pattern',
      source,
      ignoreCase: true,
      of: 'canonical',
      engine: 'linear',
    })),
    ...lists.map((list, at): Rule['when'] => ({ any: [list, SHAPES[at % SHAPES.length] ?? list] })),
  ];
  return whens.map((when, at) => ruleOf(at, when));
}

function ruleOf(at: number, when: Rule['when']): Rule {
  return {
    id: String(at)
      .padStart(8, '0')
      .replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? 'a'),
    name: `rule ${at}`,
    enabled: true,
    mode: 'observe',
    on: ['message', 'edit'],
    when,
    except: { roles: [], channels: [], members: [], rank: 10 },
    actions: [],
    points: 0,
  };
}
