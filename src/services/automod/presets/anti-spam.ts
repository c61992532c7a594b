import type { Preset } from '../preset.ts';

const SHORTLY = 20;
const ONCE = { seconds: 30, per: 'member' } as const;

/** Against what makes a channel hard to read: floods, shouting, walls of signs, mentions of many. */
const antiSpam: Preset = [
  {
    id: 'spamcopy',
    name: 'spamCopies',
    when: { type: 'flood', copies: 4, seconds: 60, by: 'author' },
    actions: [{ do: 'delete-copies' }, { do: 'timeout', for: 600 }, { do: 'alert' }],
    points: 1,
  },
  {
    id: 'spamfast',
    name: 'spamFast',
    when: { type: 'rate', messages: 8, seconds: 6 },
    actions: [{ do: 'delete' }, { do: 'timeout', for: 120 }, { do: 'log' }],
    cooldown: { seconds: 10, per: 'member' },
    on: ['message'],
  },
  {
    id: 'spamping',
    name: 'spamMentions',
    when: { any: [{ type: 'mentions', over: 6, of: 'all' }, { type: 'everyone' }] },
    actions: [{ do: 'delete' }, { do: 'warn' }, { do: 'alert' }],
    points: 1,
  },
  {
    id: 'spamcaps',
    name: 'spamCapitals',
    when: { type: 'capitals', percent: 80, least: 30 },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'capitals', deleteAfter: SHORTLY }],
    cooldown: ONCE,
  },
  {
    id: 'spamwall',
    name: 'spamWalls',
    when: {
      any: [
        { type: 'repeats', times: 25 },
        { type: 'lines', over: 40 },
        { type: 'emoji', over: 20 },
        { type: 'spoilers', over: 15 },
        { type: 'zalgo' },
      ],
    },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'walls', deleteAfter: SHORTLY }],
    cooldown: ONCE,
  },
];

export default antiSpam;
