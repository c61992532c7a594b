import type { Preset } from '../preset.ts';

/** What those promise who want people's accounts or money. `*` is any letters. */
const PROMISES = [
  'free nitro',
  'free discord nitro',
  'nitro for free',
  'nitro giveaway*',
  'claim your nitro',
  'steam gift*',
  'free steam',
  'free robux',
  'crypto casino*',
  'free crypto',
  'crypto giveaway*',
  'double your money',
  'double your bitcoin*',
  'withdrawal success*',
  'gratis nitro',
  'nitro gratis',
  'kostenlos* nitro',
  'nitro kostenlos*',
  'nitro geschenkt',
  'nitro verschenke*',
  'schnell geld verdienen',
  'schnelles geld',
  'regalo nitro',
  'regalan nitro',
  'regalando nitro',
  'dinero facil',
  'gana dinero',
  'duplica tu dinero',
] as const;

/** Against stolen accounts and those who want more of them: dangerous and disguised links and files, and promises of presents. */
const antiScam: Preset = [
  {
    id: 'scamlist',
    name: 'scamListed',
    when: { type: 'link', which: 'listed' },
    actions: [{ do: 'delete-copies' }, { do: 'timeout', for: 86_400 }, { do: 'alert' }],
    points: 3,
  },
  {
    id: 'scamlook',
    name: 'scamLookalike',
    when: { type: 'link', which: 'lookalike' },
    actions: [{ do: 'delete' }, { do: 'alert' }],
    points: 1,
  },
  {
    id: 'scammask',
    name: 'scamMasked',
    when: { type: 'link', which: 'masked' },
    actions: [{ do: 'delete' }, { do: 'alert' }],
  },
  {
    id: 'scamgift',
    name: 'scamPromises',
    when: {
      all: [
        { type: 'words', terms: [...PROMISES], match: 'word', leet: true },
        { any: [{ type: 'link', which: 'any' }, { type: 'invite', allow: [] }, { type: 'everyone' }] },
      ],
    },
    actions: [{ do: 'delete-copies' }, { do: 'timeout', for: 3_600 }, { do: 'alert' }],
    points: 2,
  },
  {
    id: 'scamcopy',
    name: 'scamCopies',
    when: {
      all: [
        { type: 'flood', copies: 3, seconds: 60, by: 'author' },
        {
          any: [
            { type: 'link', which: 'any' },
            { type: 'invite', allow: [] },
            { type: 'files', over: 0 },
          ],
        },
      ],
    },
    actions: [{ do: 'delete-copies' }, { do: 'timeout', for: 86_400 }, { do: 'alert' }],
    points: 2,
  },
  {
    id: 'scamfile',
    name: 'scamFiles',
    when: { any: [{ type: 'file', verdict: 'dangerous' }, { type: 'picture' }] },
    actions: [{ do: 'delete-copies' }, { do: 'alert' }],
    points: 1,
  },
];

export default antiScam;
