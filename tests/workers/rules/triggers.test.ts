import { describe, expect, test } from 'vitest';
import { packDomains } from '../../../src/lib/links/domain-list.ts';
import type { Condition } from '../../../src/workers/rules/schema.ts';
import { AUTHOR, CHANNEL, judgeBy, look, type Message, ruleOf } from './judging.ts';

const ROLE = '123456789012345678';
const OTHER = '223456789012345678';

/** One case: the trigger, a message, and what of its text speaks for it, or nothing where it does not hold. */
type Case = readonly [Condition, Message | string, readonly string[] | 'no'];

function cases(all: readonly Case[]) {
  test.for(all)('%j in %j: %j', ([when, message, expected]) => {
    const { holds, found, late } = look(when, message);
    expect(late).toBe(undefined);
    expect(holds ? found : 'no').toEqual(expected);
  });
}

describe('words', () => {
  const words = (terms: string[], more: object = {}): Condition => ({ type: 'words', terms, match: 'word', ...more });
  cases([
    [words(['fish']), 'A FISH, two fishes', ['FISH']],
    [words(['fish'], { match: 'part' }), 'swordfish!', ['fish']],
    [words(['free nitro']), 'Get free \n NITRO', ['free \n NITRO']],
    [words(['fish*']), 'fishes', ['fish']],
    [words(['f?sh']), 'fash', ['fash']],
    [words(['fish'], { match: 'part', except: ['catfish'] }), 'a catfish', 'no'],
    [words(['fish'], { match: 'part', except: ['catfish'] }), 'a catfish and a dogfish', ['fish']],
    [words(['fish']), 'f\u200bi\u200bsh', ['f\u200bi\u200bsh']],
    [words(['fish']), 'bird', 'no'],
    [words(['fish']), '', 'no'],
  ]);

  test('of a list, together with those of the trigger', () => {
    const when: Condition = { type: 'words', list: 'mean', terms: ['crab'], match: 'word' };
    const lists = { words: { mean: 'fish\n!fish soup\nbird\n' } };
    expect(look(when, 'fish, crab and bird', lists).found).toEqual(['fish', 'crab', 'bird']);
    expect(look(when, 'fish soup', lists).holds).toBe(false);
  });

  test('signs are read as letters only where that is wanted', () => {
    const plain: Condition = { type: 'words', terms: ['leet'], match: 'word' };
    expect(look(plain, '1337').holds).toBe(false);
  });

  test('also in what a message forwards, in embeds, polls, names of files and of stickers', () => {
    const when = words(['fish']);
    const shown = {
      forwarded: 'fish 1',
      embeds: 'a fish',
      poll: 'Fish?',
      files: ['a.png', 'fish.png'],
      stickers: ['fish'],
    };
    expect(look(when, { text: 'no', shown }).hit?.elsewhere).toEqual([
      { place: 'forwarded', text: 'fish' },
      { place: 'embeds', text: 'fish' },
      { place: 'poll', text: 'Fish' },
      { place: 'files', text: 'fish' },
      { place: 'stickers', text: 'fish' },
    ]);
  });
});

describe('patterns', () => {
  const pattern = (source: string, more: object = {}): Condition => ({
    ...{ type: 'pattern', source, ignoreCase: true, of: 'canonical', engine: 'linear' },
    ...more,
  });
  cases([
    [pattern('fr[e3]+\\s+nitro'), 'Get FREE  Nitro', ['FREE  Nitro']],
    [pattern('nitro'), 'ni\u200btro', ['ni\u200btro']],
    [pattern('nitro', { of: 'original' }), 'ni\u200btro and NITRO', ['NITRO']],
    [pattern('NITRO', { of: 'original', ignoreCase: false }), 'nitro NITRO', ['NITRO']],
    [pattern('^\\d{4}$'), '2026', ['2026']],
    [pattern('(a|b)c'), 'xbc', ['bc']],
    [pattern('nitro'), 'nothing', 'no'],
    [pattern('(x*)*y'), 'xxxxy', ['xxxxy']],
  ]);

  test('many are told apart, each by the letters it needs', () => {
    const rules = Array.from({ length: 60 }, (_, at) =>
      ruleOf({ when: pattern(`item${at}\\s+coins?|(deal|offer)${at}\\b`) }),
    );
    const judged = judgeBy(rules)({ text: 'item7 coins, offer23 and deal59' });
    expect(judged.hits.map(({ rule }) => rule)).toEqual([7, 23, 59]);
  });

  test('those that go back are for another thread, where their letters are there at all', () => {
    const twice = pattern('(fish)\\1', { engine: 'backtracking' });
    expect(look(twice, 'a fish').late).toBe(0);
    expect(look(twice, 'a bird').holds).toBe(false);
  });
});

describe('links', () => {
  const link = (which: string, more: object = {}): Condition => ({ type: 'link', which, ...more }) as Condition;
  const site = { domains: ['example.com'] };
  cases([
    [link('any'), 'see https://Example.org/a?b=c.', ['https://Example.org/a?b=c']],
    [link('any'), 'no link: example.org', 'no'],
    [link('any', site), 'https://example.org https://www.example.com/x', ['https://www.example.com/x']],
    [link('outside', site), 'https://example.com https://notexample.com', ['https://notexample.com']],
    [link('outside', { domains: ['bücher.example'] }), 'https://xn--bcher-kva.example/a', 'no'],
    [link('masked'), '[https://discord.com](https://evil.example/a)', ['https://evil.example/a']],
    [link('masked'), '[https://discord.com](https://evil.example)', ['https://evil.example']],
    [link('masked'), '**[https://discord.com/](<https://evil.example>)**', ['https://evil.example']],
    [link('masked'), '[[discord.com](https://evil.example "discord.com")', ['https://evil.example']],
    [link('masked'), '[https://example.com](https://example.com)', 'no'],
    [link('masked'), '[docs](https://example.com)', 'no'],
    [link('masked'), 'https://discord.com@evil.example', ['https://discord.com@evil.example']],
    [link('lookalike'), 'https://discörd.com', ['https://discörd.com']],
    [link('lookalike'), 'https://xn--discrd-zxa.com/gift', ['https://xn--discrd-zxa.com/gift']],
    [link('lookalike'), 'https://discord.com.login.example/', ['https://discord.com.login.example/']],
    [link('lookalike'), 'https://discord.com/channels', 'no'],
    [link('lookalike', { domains: ['discörd.com'] }), 'https://discörd.com', 'no'],
  ]);

  test('of the lists of dangerous domains, and of a list of the server', () => {
    const domains = { version: '1', lists: [{ name: 'bad', hashes: packDomains(['evil.example']) }] };
    expect(look(link('listed'), { text: 'https://a.evil.example/x', domains }).found).toEqual([
      'https://a.evil.example/x',
    ]);
    expect(look(link('listed'), { text: 'https://good.example/x', domains }).holds).toBe(false);
    const own = { domains: { ours: 'bad.example\nworse.example\n' } };
    expect(look(link('any', { list: 'ours' }), 'https://x.worse.example', own).holds).toBe(true);
    expect(look(link('any', { list: 'ours' }), 'https://good.example', own).holds).toBe(false);
    const listed = link('listed', { list: 'ours', domains: ['fine.worse.example'] });
    expect(look(listed, { text: 'https://bad.example', domains }, own).holds).toBe(true);
    expect(look(listed, { text: 'https://evil.example', domains }, own).holds).toBe(true);
    expect(look(listed, { text: 'https://fine.worse.example', domains }, own).holds).toBe(false);
    expect(look(link('outside', { list: 'ours' }), 'https://a.bad.example', own).holds).toBe(false);
    expect(look(link('outside', { list: 'ours' }), 'https://good.example', own).holds).toBe(true);
    expect(() => look(link('any', { list: 'ours' }), '', { words: { ours: 'bad.example' } })).toThrow('notOfDomains');
  });
});

describe('invitations', () => {
  const invite = (...allow: string[]): Condition => ({ type: 'invite', allow });
  cases([
    [invite(), 'join discord.gg/AbC-d now', ['discord.gg/AbC-d']],
    [invite(), 'https://discord.com/invite/abc', ['discord.com/invite/abc']],
    [invite(), 'discord . gg / abc', ['discord . gg / abc']],
    [invite(), 'D\u200bISCORD.GG/abc', ['D\u200bISCORD.GG/abc']],
    [invite(OTHER), 'dsc.gg/abc', ['dsc.gg/abc']],
    [invite(), 'discord.com:443/invite/abc', ['discord.com:443/invite/abc']],
    [invite(), 'discord.gg//abc', ['discord.gg//abc']],
    [invite(), 'discord\u3002gg/abc', ['discord\u3002gg/abc']],
    [invite(), 'discord\uff61gg/abc', ['discord\uff61gg/abc']],
    [invite(), 'we use discord\u3002 gg everyone', 'no'],
    [invite(), 'we use discord, gg everyone', 'no'],
    [invite(), 'https://discord.com/channels/1/2', 'no'],
  ]);

  test('where some are allowed, Discord has to be asked for their codes as they are written', () => {
    const { late, invites } = look(invite(OTHER), 'discord.gg/AbC and discord.com/invite/xY-z');
    expect(late).toBe(0);
    expect(invites).toEqual(['AbC', 'xY-z']);
  });
});

describe('shape', () => {
  cases([
    [{ type: 'capitals', percent: 80, least: 5 }, 'HELLO YOU', []],
    [{ type: 'capitals', percent: 80, least: 5 }, 'Hello you', 'no'],
    [{ type: 'capitals', percent: 80, least: 20 }, 'HELLO', 'no'],
    [{ type: 'repeats', times: 5 }, 'nooooo', []],
    [{ type: 'repeats', times: 5 }, 'noooo', 'no'],
    [{ type: 'lines', over: 3 }, 'a\nb\nc\nd', []],
    [{ type: 'lines', over: 3 }, 'a\nb\nc', 'no'],
    [{ type: 'length', over: 5 }, '123456', []],
    [{ type: 'length', over: 5 }, '\u{1f427}\u{1f427}\u{1f427}\u{1f427}\u{1f427}', 'no'],
    [{ type: 'emoji', over: 1 }, '\u{1f427} <:ab:123456789012345678>', []],
    [{ type: 'emoji', over: 2 }, '\u{1f427} <:ab:123456789012345678>', 'no'],
    [{ type: 'mentions', over: 1, of: 'users' }, `<@${ROLE}> <@!${OTHER}>`, []],
    [{ type: 'mentions', over: 1, of: 'users' }, `<@${ROLE}> <@${ROLE}>`, 'no'],
    [{ type: 'mentions', over: 0, of: 'roles' }, `<@&${ROLE}>`, []],
    [{ type: 'mentions', over: 2, of: 'all' }, `<@&${ROLE}> <@${OTHER}> @here`, []],
    [{ type: 'everyone' }, 'hey @everyone', []],
    [{ type: 'everyone' }, 'hey everyone', 'no'],
    [{ type: 'spoilers', over: 1 }, '||a|| ||b||', []],
    [{ type: 'spoilers', over: 1 }, '||a||', 'no'],
    [{ type: 'zalgo' }, 'h\u0316\u0317\u0318\u0319\u031ce\u0316\u0317\u0318\u0319\u031c', []],
    [{ type: 'zalgo' }, 'h\u00e9', 'no'],
    [{ type: 'shell' }, 'try sudo rm -rf / now', ['rm -rf /']],
    [{ type: 'shell' }, 'rm -rf node_modules', 'no'],
    [{ type: 'stickers', over: 0 }, { shown: { stickers: ['wave'] } }, []],
    [{ type: 'stickers', over: 1 }, { shown: { stickers: ['wave'] } }, 'no'],
    [{ type: 'files', over: 0 }, { shown: { files: ['a.png'] } }, []],
    [{ type: 'files', over: 0, types: ['exe'] }, { shown: { files: ['a.png', 'b.EXE'] } }, []],
    [{ type: 'files', over: 0, types: ['exe'] }, { shown: { files: ['exe.png'] } }, 'no'],
    [{ type: 'files', over: 0, types: ['exe'] }, { shown: { files: ['b.exe\u200b'] } }, []],
    [{ type: 'capitals', percent: 80, least: 5 }, { shown: { forwarded: 'HELLO YOU' } }, []],
  ]);
});

describe('who, where and how', () => {
  const hours = (of: number) => of * 3_600_000;
  cases([
    [{ type: 'account-age', underHours: 24 }, { author: { accountMs: hours(23) } }, []],
    [{ type: 'account-age', underHours: 24 }, { author: { accountMs: hours(24) } }, 'no'],
    [{ type: 'joined', underHours: 1 }, { author: { joinedMs: hours(0.5) } }, []],
    [{ type: 'joined', underHours: 1 }, {}, 'no'],
    [{ type: 'role', any: [ROLE] }, { author: { roles: [OTHER, ROLE] } }, []],
    [{ type: 'role', any: [ROLE] }, { author: { roles: [OTHER] } }, 'no'],
    [{ type: 'channel', any: [CHANNEL] }, {}, []],
    [{ type: 'channel', any: [OTHER] }, { channel: { parent: OTHER } }, []],
    [{ type: 'channel', any: [OTHER] }, {}, 'no'],
    [{ type: 'category', any: [OTHER] }, { channel: { category: OTHER } }, []],
    [{ type: 'category', any: [OTHER] }, {}, 'no'],
    [{ type: 'thread' }, { channel: { parent: OTHER } }, []],
    [{ type: 'thread' }, { channel: { category: OTHER } }, 'no'],
    [{ type: 'forwarded' }, { forwarded: true }, []],
    [{ type: 'forwarded' }, {}, 'no'],
    [{ type: 'edited' }, { edited: true }, []],
    [{ type: 'edited' }, {}, 'no'],
  ]);
});

describe('what only the main thread knows', () => {
  test.for<[Condition, Message, 'open' | 'no']>([
    [{ type: 'file', verdict: 'careful' }, { shown: { files: ['a.zip'] } }, 'open'],
    [{ type: 'file', verdict: 'careful' }, {}, 'no'],
    [{ type: 'picture' }, { shown: { files: ['a.png'] } }, 'open'],
    [{ type: 'picture' }, {}, 'no'],
    [{ type: 'flood', copies: 3, seconds: 10, by: 'anyone' }, {}, 'open'],
    [{ type: 'rate', messages: 3, seconds: 10 }, {}, 'open'],
  ])('%j of %j is %s', ([when, message, expected]) => {
    const { holds, late } = look(when, message);
    expect(holds ? 'open' : 'no').toBe(expected);
    expect(late).toBe(holds ? 0 : undefined);
  });

  test('what tells a message from others is told where a rule looks for floods', () => {
    const flood: Condition = { type: 'flood', copies: 3, seconds: 10, by: 'anyone' };
    const text = 'Buy cheap coins at https://coins.example today, all of you';
    const [one, same, other] = [
      text,
      text.toUpperCase().replace('HTTPS://COINS.EXAMPLE', 'https://coins.example'),
      'hello',
    ].map((said) => look(flood, said).print);
    expect(one).toEqual(same);
    expect(one?.links).toHaveLength(1);
    expect(other).not.toEqual(one);
    expect(look({ type: 'zalgo' }, text).print).toBe(undefined);
  });
});

describe('what keeps a rule from being looked at', () => {
  const when: Condition = { type: 'length', over: 1 };
  const except = { roles: [ROLE], channels: [OTHER], members: [], rank: 3 };
  test.for<[string, object, Message, boolean]>([
    ['nothing', {}, {}, true],
    ['being off', { enabled: false }, {}, false],
    ['an edit', { on: ['message'] }, { edited: true }, false],
    ['no edit', { on: ['edit'] }, {}, false],
    ['a role', { except }, { author: { roles: [ROLE] } }, false],
    ['a channel', { except }, { channel: { id: OTHER } }, false],
    ['the channel of a thread', { except }, { channel: { parent: OTHER } }, false],
    ['a category', { except }, { channel: { category: OTHER } }, false],
    ['a member', { except: { ...except, members: [AUTHOR] } }, {}, false],
    ['none of those', { except }, { author: { roles: [OTHER] } }, true],
  ])('%s', ([, rule, message, hit]) => {
    expect(judgeBy([ruleOf({ when, ...rule })])({ text: 'long', ...message }).hits).toHaveLength(hit ? 1 : 0);
  });
});
