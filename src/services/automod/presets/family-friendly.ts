import type { Preset } from '../preset.ts';

/** What insults people for what they are, in English, German and Spanish. */
const SLURS = [
  ...[
    'nigger*',
    'nigga*',
    'faggot*',
    'kike',
    'kikes',
    'chink',
    'chinks',
    'gook',
    'gooks',
    'wetback*',
    'tranny',
    'trannies',
  ],
  ...[
    'retard',
    'retards',
    'retarded',
    'neger',
    'kanake',
    'kanaken',
    'schwuchtel*',
    'judensau',
    'missgeburt*',
    'spast',
    'spasten',
  ],
  ...['maricon', 'maricones', 'sudaca*', 'negrata*', 'mongolico*', 'subnormal*'],
];

/** Strong language. Words that mean something harmless in one of the three languages are not among them. */
const SWEARING = [
  ...[
    'fuck*',
    'motherfuck*',
    'shit',
    'shits',
    'shitty',
    'bullshit',
    'bitch',
    'bitches',
    'cunt*',
    'asshole*',
    'dickhead*',
  ],
  ...[
    'whore*',
    'wanker*',
    'ficken',
    'fickt',
    'gefickt',
    'ficker',
    'scheiße',
    'scheisse',
    'arschloch',
    'arschlöcher',
    'wichser*',
  ],
  ...['hurensohn*', 'hurensöhne', 'fotze*', 'schlampe*', 'puta', 'putas', 'puto', 'putos', 'hijo de puta', 'mierda*'],
  ...['gilipollas', 'cabron', 'cabrones', 'pendejo*', 'chinga tu madre'],
];

const SEXUAL = [
  ...[
    'porn',
    'porno*',
    'hentai',
    'blowjob*',
    'handjob*',
    'cumshot*',
    'deepthroat*',
    'gangbang*',
    'dildo*',
    'send nudes',
  ],
  ...['titten', 'nacktbilder', 'nacktfotos', 'follar', 'tetas', 'fotos desnuda', 'pack de nudes'],
];
const SITES = ['pornhub.com', 'xvideos.com', 'xnxx.com', 'xhamster.com', 'redtube.com', 'onlyfans.com', 'rule34.xxx'];
const SHORTLY = 30;

/** For servers where children read: no insults, no swearing, nothing sexual, nothing disguised. */
const familyFriendly: Preset = [
  {
    id: 'famslurs',
    name: 'familySlurs',
    when: { type: 'words', terms: SLURS, match: 'word', leet: true },
    actions: [{ do: 'delete' }, { do: 'warn' }, { do: 'alert' }],
    points: 2,
  },
  {
    id: 'famswear',
    name: 'familySwearing',
    when: { type: 'words', terms: SWEARING, match: 'word', leet: true },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'swearing', deleteAfter: SHORTLY }],
  },
  {
    id: 'famadult',
    name: 'familySexual',
    when: {
      any: [
        { type: 'words', terms: SEXUAL, match: 'word', leet: true },
        { type: 'link', which: 'any', domains: SITES },
      ],
    },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'sexual', deleteAfter: SHORTLY }, { do: 'log' }],
    points: 1,
  },
  {
    id: 'famzalgo',
    name: 'familyZalgo',
    when: { type: 'zalgo' },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'zalgo', deleteAfter: SHORTLY }],
  },
];

export default familyFriendly;
