import type { Preset } from '../preset.ts';

const NEWCOMER = { type: 'joined', underHours: 24 } as const;

/** Against many accounts that come at once and write the same, or all at once. People who have been here for a day are left alone. */
const antiRaid: Preset = [
  {
    id: 'raidcopy',
    name: 'raidCopies',
    when: { all: [NEWCOMER, { type: 'flood', copies: 4, seconds: 60, by: 'anyone' }] },
    actions: [{ do: 'delete-copies' }, { do: 'timeout', for: 86_400 }, { do: 'alert' }],
    points: 2,
  },
  {
    id: 'raidfast',
    name: 'raidFast',
    when: { all: [NEWCOMER, { type: 'rate', messages: 6, seconds: 5 }] },
    actions: [{ do: 'delete' }, { do: 'timeout', for: 3_600 }, { do: 'alert' }],
    cooldown: { seconds: 10, per: 'member' },
    points: 1,
  },
  {
    id: 'raidping',
    name: 'raidMentions',
    when: {
      all: [
        { type: 'joined', underHours: 72 },
        { any: [{ type: 'mentions', over: 4, of: 'all' }, { type: 'everyone' }] },
      ],
    },
    actions: [{ do: 'delete' }, { do: 'timeout', for: 86_400 }, { do: 'alert' }],
    points: 2,
  },
  {
    id: 'raidlink',
    name: 'raidInvites',
    when: { all: [{ any: [NEWCOMER, { type: 'account-age', underHours: 7 * 24 }] }, { type: 'invite', allow: [] }] },
    actions: [{ do: 'delete' }, { do: 'alert' }],
    points: 1,
  },
];

export default antiRaid;
