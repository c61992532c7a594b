import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../../../bot.ts';
import { storeRules } from '../../../../services/automod/stored-rules.ts';
import { onDeno } from '../../../../workers/fixtures/start.ts';
import { ruleOf } from '../../../../workers/rules/judging.ts';
import { saidIn, upload } from '../../files/inspected.ts';
import { Ruler, rulesIn } from './ruled.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const WORDS = {
  name: 'Words',
  when: { type: 'words', terms: ['grumpy fish'], match: 'word' },
  actions: [{ do: 'delete' }],
};
const RATE = { name: 'Fast', when: { type: 'rate', messages: 5, seconds: 600 } };
const NEW = {
  name: 'New',
  when: {
    all: [
      { type: 'joined', underHours: 24 },
      { type: 'link', which: 'any' },
    ],
  },
};

async function withRules(bot: TestBot, rules: readonly object[]): Promise<Ruler> {
  const ruler = new Ruler(bot);
  await ruler.order('import', { file: upload('rules.json', JSON.stringify(rules)) });
  await ruler.press('automod.import.confirm');
  return ruler;
}

test('a text is shown as it is read, with what each rule finds in it and where, and nothing is done about it', async () => {
  await using bot = await startBot();
  const ruler = await withRules(bot, [WORDS, RATE, NEW, { ...WORDS, name: 'Off', enabled: false }]);
  const hit = await ruler.order('test', { text: 'hello GRUMPY\u200b f\u0456sh' });
  expect(hit).toContain('Automod would act on this');
  expect(hit).toContain('`hello grumpy fish`');
  expect(hit).toContain('has one of the words `grumpy fish`');
  expect(hit).toMatch(/\*\*__GRUMPY.{0,3} f.sh__\*\*/);
  expect(hit).toMatch(/\*\*Words\*\* \(observes, \d/);
  expect(hit).toContain('**Fast** (observes');
  expect(hit).toContain('depends on what only shows when it is written');
  expect(hit).toContain('**Off** would be hit, but is switched off');
  const free = await ruler.order('test', { text: 'https://example.com' });
  expect(free).not.toContain('**New**');
  const newcomer = await ruler.order('test', { text: 'https://example.com', newcomer: true });
  expect(newcomer).toContain('**New** (observes');
});

test('what automod sees of a message is for those who manage the server, and shows files and forwards, too', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withRules(bot, [WORDS, { name: 'Exe', when: { type: 'files', over: 0, types: ['exe'] } }]);
  const message = await discord.message({ as: 'member', content: 'a grumpy fish', files: [upload('a.exe', 'MZ')] });
  const seen = await discord.messageMenu('What automod sees', message.id, { as: 'owner' });
  expect(saidIn(seen)).toContain('**Words** (observes');
  expect(saidIn(seen)).toContain('**Exe** (observes');
  expect(saidIn(seen)).toContain('The author has rank');
  const ofModerator = await discord.message({ as: 'moderator', content: 'a grumpy fish' });
  const spared = saidIn(await discord.messageMenu('What automod sees', ofModerator.id, { as: 'owner' }));
  expect(spared).toContain('Automod has nothing against this');
  expect(spared).toContain('**Words** would be hit, but not for this rank');
  await bot.set('automod', { exemptChannels: [discord.channels.general] });
  const exempt = saidIn(await discord.messageMenu('What automod sees', message.id, { as: 'owner' }));
  expect(exempt).toContain('Automod does not look at this');
  expect(exempt).toContain('**Words** (observes');
  const refused = await discord.messageMenu('What automod sees', message.id, { as: 'member', unchecked: true });
  expect(saidIn(refused)).toContain('Manage Server');
});

test('without rules a text is read all the same', async () => {
  await using bot = await startBot();
  const said = await new Ruler(bot).order('test', { text: 'FR\u0395E' });
  expect(said).toContain('Automod has nothing against this');
  expect(said).toContain('`free`');
});

test('a rule is explained with its pattern, its cost, and what stands against it', async () => {
  await using bot = await startBot();
  const pattern = { type: 'pattern', source: 'free\\s+fish', ignoreCase: true, of: 'canonical', engine: 'linear' };
  const ruler = await withRules(bot, [{ name: 'P', when: pattern }]);
  const explained = await ruler.order('explain', { rule: 'P' });
  expect(explained).toContain('matches the pattern `free\\\\s+fish`'.replace('\\\\', '\\'));
  expect(explained).toContain('The pattern');
  expect(explained).toContain('hits: 0');
  const bad = upload('bad.json', JSON.stringify([{ name: 'Bad', when: { ...pattern, source: '(' } }]));
  expect(await ruler.order('import', { file: bad })).toContain('The rule “Bad” has a pattern that cannot be used');
});

test('a pattern that is out of use is shown with its rule, and runs again by a button or when the rule is saved', async () => {
  await using bot = await startBot({ env: { PATTERNS_BACKTRACKING: 'on' } });
  const { app, discord } = bot;
  const { guildId: guild } = discord;
  const source = '(\\w)\\1{2}';
  const when = { type: 'pattern', source, ignoreCase: true, of: 'canonical', engine: 'backtracking' } as const;
  await storeRules(app.database, guild, [ruleOf({ id: 'slowrule', name: 'Slow', when })]);
  const putOut = async () => {
    await bot.db`
      insert into slow_patterns (guild_id, source, ignore_case, overruns, last_at, quarantined_at)
      values (${guild}, ${source}, true, 3, now(), now())`;
    app.backtracking.forget(guild);
  };
  const out = async () => (await app.backtracking.quarantined(guild)).length;
  await putOut();
  const ruler = new Ruler(bot);
  expect(await ruler.order('explain', { rule: 'slow' })).toContain('is held against no message');
  expect(await ruler.order('rules')).toContain('**a pattern is out of use**');
  expect(await ruler.pick('automod.rules.look', 'slowrule')).toContain('is held against no message');
  expect(await new Ruler(bot, 'member').order('explain', { rule: 'slow' })).toContain('Manage Server');
  expect(await ruler.press('automod.release')).toContain('It is held against messages again');
  expect(await out()).toBe(0);
  expect(await ruler.order('rules')).not.toContain('out of use');
  if (onDeno) return; // where such a pattern cannot be saved
  await putOut();
  await ruler.order('edit', { rule: 'slow' });
  expect(await ruler.press('automod.save', 'observe')).toContain('Saved. It observes');
  expect(await out()).toBe(0);
  await putOut();
  const file = upload('slow.json', JSON.stringify([{ name: 'Slow', when, note: 'mended' }]));
  await ruler.order('import', { file, how: 'replace' });
  expect(await ruler.press('automod.import.confirm')).toContain('Taken in');
  expect(await out()).toBe(0);
});

test('a rule is held against what was written before, with links; nothing is done about any of it', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const first = await discord.message({ as: 'member', content: 'such a grumpy fish' });
  await discord.message({ as: 'member', content: 'a merry fish' });
  await discord.message({
    as: 'newcomer',
    content: 'gr\u00fcmpy fish? no: grumpy\u200bfish, grumpy fish',
    channel: 'random',
  });
  const ruler = await withRules(bot, [WORDS, RATE]);
  const all = await ruler.backtest({ rule: 'words' });
  expect(all).toContain('**2** would have been hit');
  expect(all).toContain(`https://discord.com/channels/${discord.guildId}/${discord.channels.general}/${first.id}`);
  const one = await ruler.backtest({ rule: 'words', channel: discord.channels.random });
  expect(one).toContain('**1** would have been hit');
  const draft = upload(
    'r.json',
    JSON.stringify({ name: 'Draft', when: { type: 'words', terms: ['merry'], match: 'word' } }),
  );
  expect(await new Ruler(bot, 'owner').backtest({ json: draft })).toContain('**1** would have been hit');
  for (let sent = 0; sent < 6; sent++)
    await discord.message({ as: 'newcomer', content: `quick ${sent}`, channel: 'random' });
  const fast = await ruler.backtest({ rule: 'fast', channel: discord.channels.random });
  expect(fast).toContain('7 messages looked at: **3** would have been hit');
  expect(fast).toContain('quick 5');
  expect(discord.state.messages.get(first.id)).toBeDefined();
  expect((await rulesIn(bot)).map(({ name }) => name)).toEqual(['Words', 'Fast']);
});

test('a rule is held against the lines of a file, however many, and the list of what it would have hit is a file', async () => {
  await using bot = await startBot();
  const ruler = await withRules(bot, [WORDS]);
  const lines = Array.from({ length: 20_000 }, (_, at) =>
    at % 1_000 === 7 ? `grumpy fish ${at}` : `a merry fish ${at}`,
  );
  const said = await ruler.backtest({ rule: 'words', messages: upload('old.txt', lines.join('\n')) });
  expect(said).toContain('20000 messages looked at: **20** would have been hit');
  const text = await (await fetch(String(ruler.files[0]?.url))).text();
  const rows = text.trim().split('\n');
  expect(rows.slice(0, 2)).toEqual(['Line\tAuthor\tSure?\tText', '8\t\t\tgrumpy fish 7']);
  expect(rows).toHaveLength(21);
  const late = `${'a merry fish, '.repeat(40)}a grumpy fish`; // far behind what is kept of it
  const blank = upload('blank.txt', '\ufeffa merry fish\r\n\r\n\n[a grumpy fish\n');
  expect(await ruler.backtest({ rule: 'words', messages: blank })).toContain('Line 4: \\[a grumpy fish');
  const array = upload('some.json', JSON.stringify(['one', 'two\nlines, a grumpy fish', 3, late]));
  const listed = await ruler.backtest({ rule: 'words', messages: array });
  expect(listed).toContain('3 messages looked at: **2** would have been hit');
  expect(listed).toContain('Line 2: two lines, a grumpy fish');
  expect(listed).toContain('a merry fish, a grumpy fish');
  const all = upload('all.txt', 'grumpy fish\n'.repeat(6_000));
  const many = await ruler.backtest({ rule: 'words', messages: all });
  expect(many).toContain('6000 messages looked at: **6000** would have been hit');
  expect(many).toContain('The first 1,000 of them are in the file');
  const kept = await (await fetch(String(ruler.files[0]?.url))).text();
  expect(kept.trim().split('\n')).toHaveLength(1_001);
  const member = new Ruler(bot, 'member');
  expect(await member.backtest({ rule: 'words' })).toContain('Manage Server');
  expect(await new Ruler(bot, 'owner').backtest({})).toContain('Name a rule');
});

test('a file of more messages than are read is refused, as lines and as an array', async () => {
  await using bot = await startBot();
  const ruler = await withRules(bot, [WORDS]);
  for (const content of ['a\n'.repeat(100_001), JSON.stringify(Array.from({ length: 100_001 }, () => 'a'))]) {
    const said = await ruler.order('backtest', { rule: 'words', messages: upload('many.txt', content) });
    expect(said).toContain('at most 100,000. Nothing was looked at');
  }
});

test('a backtest is stopped by whoever asked for it, and says what it found until then', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await discord.message({ as: 'member', content: 'such a grumpy fish' });
  await withRules(bot, [WORDS]);
  discord.faults.rest(/channels\/\d+\/messages/, { kind: 'silent' }, { method: 'GET' });
  const reply = await discord.slash('automod backtest', { rule: 'words' }, { as: 'owner', settle: 'ack' });
  const going = await reply.until(({ content }) => content.includes('looked at'), { deadlineMs: 60_000 });
  const other = new Ruler(bot, 'owner');
  expect(await other.order('backtest', { rule: 'words' })).toContain('A backtest is under way in this server');
  const [, id = ''] = /"custom_id":"(automod\.backtest\.cancel:[^"]+)"/.exec(JSON.stringify(going.message)) ?? [];
  await discord.click(going.message ?? '', id, { as: 'owner', settle: 'ack' });
  const over = await reply.until(({ content }) => content.includes('You stopped it'), { deadlineMs: 60_000 });
  expect(over.content).toContain('0 messages looked at');
  const file = upload('one.txt', 'grumpy fish');
  expect(await other.order('backtest', { rule: 'words', messages: file })).toContain('1 message looked at');
});

test('lists of words are taken in, named by rules, given out and taken away', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  expect(await ruler.order('words list')).toContain('There are no lists yet');
  const file = upload('bad.txt', 'grumpy\nsulky fish\n');
  expect(await ruler.order('words import', { list: 'Moods', file })).toContain('2 entries were added');
  expect(await ruler.order('words import', { list: 'moods', entries: 'cross, grumpy' })).toContain(
    'It has 3 entries now',
  );
  expect(await ruler.order('words import', { list: 'moods', entries: 'cross', how: 'remove' })).toContain('taken out');
  expect(await ruler.order('words list')).toContain('`moods`: 2 words and phrases');
  await ruler.order('words export', { list: 'moods' });
  const text = await (await fetch(String(ruler.files[0]?.url))).text();
  expect(text.trim().split('\n').toSorted()).toEqual(['grumpy', 'sulky fish']);
  const made = await withRules(bot, [{ name: 'Moods', when: { type: 'words', list: 'moods', match: 'word' } }]);
  expect(await made.order('rules')).not.toContain('broken');
  expect(await made.order('test', { text: 'so sulky fish' })).toContain('Automod would act on this');
  expect(await ruler.order('words remove', { list: 'moods' })).toContain('moods');
  await made.order('remove', { rule: 'moods' });
  expect(await new Ruler(bot, 'owner').order('words remove', { list: 'moods' })).toContain('is gone');
  const huge = upload('huge.txt', new Uint8Array(20_000_000));
  expect(await new Ruler(bot, 'owner').order('words import', { list: 'x', file: huge })).toContain(
    'The file has 20.0 MB',
  );
  expect(await new Ruler(bot, 'member').order('words import', { list: 'x', entries: 'a' })).toContain('Manage Server');
});

test('presets trip on what they are for, and leave ordinary talk alone', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  for (const preset of ['anti-raid', 'anti-scam', 'anti-spam', 'coding-community', 'family-friendly']) {
    await new Ruler(bot, 'owner').order('presets');
    await ruler.order('presets', { preset });
    await ruler.press('automod.presets.press', 'add');
  }
  const guild = bot.discord.guildId;
  const { rules, failure } = await bot.app.rules.settled(guild);
  expect(failure).toBeUndefined();
  expect(rules?.broken).toEqual([]);
  const hitBy = async (text: string, newcomer = false): Promise<readonly string[]> => {
    const author = {
      id: bot.discord.people.member ?? '',
      roles: [],
      ...(newcomer ? { accountMs: 0, joinedMs: 0 } : { accountMs: 1e11, joinedMs: 1e11 }),
    };
    const channel = { id: bot.discord.channels.general ?? '' };
    const input = { text, author, channel, edited: false, forwarded: false, count: false };
    const { hits } = await bot.app.workers.offload('judgeMessage', { ...input, ...(rules && { rules: rules.sent }) });
    return hits.filter(({ late }) => late === undefined).map(({ rule }) => rules?.rules[rule]?.id ?? '');
  };
  const caught: readonly (readonly [string, string, boolean?])[] = [
    ['fr\u200bee nitro https://x.example/gift', 'scamgift'],
    ['Nitro kostenlos! https://x.example', 'scamgift'],
    ['regalo nitro https://x.example', 'scamgift'],
    ['[discord.com](https://evil.example)', 'scammask'],
    ['https://dіscord.com/nitro', 'scamlook'],
    ['@everyone hello', 'spamping'],
    [`${'LOOK AT ME '.repeat(6)}`, 'spamcaps'],
    [`${'a'.repeat(60)}`, 'spamwall'],
    ['just run sudo rm -rf /', 'codeharm'],
    [`token ghp_${'a1B2'.repeat(9)}`, 'codekeys'],
    ['join discord.gg/abcdef', 'codeadvt'],
    ['what the fuck', 'famswear'],
    ['du Arschloch', 'famswear'],
    ['vete a la mierda', 'famswear'],
    ['you r3tard', 'famslurs'],
    ['discord.gg/abcdef', 'raidlink', true],
  ];
  for (const [text, rule, newcomer] of caught) expect.soft(await hitBy(text, newcomer), text).toContain(rule);
  const innocent = [
    'Good morning everyone, has anyone seen the numbers?',
    'I bought a bit of nitro yesterday, it is nice',
    'See https://github.com/oven-sh/bun/issues/1 and https://docs.python.org/3/',
    'Guten Morgen! Ich habe die Dateien schon verschickt, viele Grüße',
    'Buenos días, ¿alguien puede ayudarme con el cono de tráfico?',
    'the Scunthorpe assassin passed the class with a shuttlecock',
    'Could you run `rm -r build` and try again?',
    'WOW that is great!!!',
    '[the docs](https://example.com/docs)',
    'dickens, cockpit, analysis, Essex, Sussex, mongodb, putative, fickle',
  ];
  for (const text of innocent) expect.soft(await hitBy(text), text).toEqual([]);
});
