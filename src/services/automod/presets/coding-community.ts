import type { Preset } from '../preset.ts';

/** Tokens of GitHub, Slack, Google and Amazon, and private keys. */
const SECRETS =
  'gh[opsu]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,}|xox[abps]-[A-Za-z0-9-]{20,}|AIza[A-Za-z0-9_-]{35}|AKIA[A-Z0-9]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----';

/** For servers where people help each other with computers: harmful commands, secrets in public, programs and advertising. */
const codingCommunity: Preset = [
  {
    id: 'codeharm',
    name: 'codeShell',
    when: { type: 'shell' },
    actions: [{ do: 'reply', answer: 'shell' }, { do: 'log' }],
  },
  {
    id: 'codekeys',
    name: 'codeSecrets',
    when: { type: 'pattern', source: SECRETS, ignoreCase: false, of: 'original', engine: 'linear' },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'secret' }, { do: 'log' }],
  },
  {
    id: 'codefile',
    name: 'codePrograms',
    when: {
      any: [
        { type: 'files', over: 0, types: ['exe', 'scr', 'bat', 'cmd', 'msi', 'vbs', 'ps1', 'jar', 'lnk', 'apk'] },
        { type: 'file', verdict: 'dangerous' },
      ],
    },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'programs', deleteAfter: 60 }, { do: 'alert' }],
  },
  {
    id: 'codeping',
    name: 'codeMentions',
    when: { any: [{ type: 'everyone' }, { type: 'mentions', over: 5, of: 'all' }] },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'mentions', deleteAfter: 60 }],
    cooldown: { seconds: 30, per: 'member' },
  },
  {
    id: 'codeadvt',
    name: 'codeInvites',
    when: { type: 'invite', allow: [] },
    actions: [{ do: 'delete' }, { do: 'reply', answer: 'invites', deleteAfter: 60 }, { do: 'log' }],
  },
];

export default codingCommunity;
