import { expect, test } from 'vitest';
import { filesBelow, readSource } from '../sources.ts';
import { bypassing } from './spoken.ts';

const FOLDERS = ['src/handlers', 'src/services', 'src/scheduler'];

/** Texts that whoever uses the bot never reads: names of work in the log and in `/debug`, and what Discord or the operators' console says. */
const UNSEEN = [
  /^src\/services\/gateway\/(application|gateway|intents)\.ts /,
  /^src\/services\/status\/presence\.ts sentence: Custom Status$/,
  /^src\/handlers\/find\.ts label: (component |unknown)$/,
  /^src\/handlers\/failure\.ts sentence: network: /,
  /^src\/services\/timers\/find-sent\.ts sentence: it is not known whether a message was sent: $/,
  /^src\/services\/automod\/practice\.ts /, // messages that a new rule is tried on
  /^src\/services\/automod\/presets\/[\w-]+\.ts /, // what is looked for in messages
  /^src\/handlers\/commands\/lookup\/github\/watch\.ts sentence: releases, issues, pull requests$/, // GitHub's words
  /^src\/handlers\/when-option\.ts sentence: last day of the month 17:00$/, // read before it is said
];
const WORK = [
  ' of servers that were left',
  'catching up with audit logs',
  'changes of lists beyond the latest',
  'changes of rules beyond the latest',
  'closing channels to the jails',
  'daily counts of rules',
  'entries of event logs',
  'event logs of an earlier process',
  'forgetting what was seen',
  'looking for who joined meanwhile',
  'looking through the jails',
  'marks of seen messages',
  'messages on their way',
  'patterns that were too slow',
  'polls that nothing ends',
  'reading an edited message',
  'servers that were left',
  'telling of rules that do not hold',
  'things done to many',
  'what nothing goes on with',
  'work that others wait for as well',
];

test('no text that people read bypasses the catalogue', async () => {
  const files = (await Promise.all(FOLDERS.map((folder) => filesBelow(folder)))).flat();
  const found = await Promise.all(
    files.map(async (path) =>
      bypassing(await readSource(path))
        .filter(({ text }) => !WORK.includes(text))
        .map(({ where, text }) => `${path} ${where}: ${text}`),
    ),
  );
  expect(found.flat().filter((line) => !UNSEEN.some((known) => known.test(line)))).toEqual([]);
});

test.each([
  [`const a = { title: 'Hello' };`, ['title: Hello']],
  [`const a = { label: on ? 'On' : t('off') };`, ['label: On']],
  [`const a = { text: \`\${n} messages\` };`, ['text:  messages']],
  [`const a = { lines: ['one', t('two')] };`, ['lines: one']],
  [`say('This is said');`, ['sentence: This is said']],
  [`log.info({ title: 'x' }, 'This is not said'); context.log.warn('This is not said');`, []],
  [`throw new SomeError('This is not said');`, []],
  [`const a = { title: t('key'), text: '·', kind: 'text' }; type A = { title: 'Title' };`, []],
])('%s', (source, expected) => {
  expect(bypassing(source).map(({ where, text }) => `${where}: ${text}`)).toEqual(expected);
});
