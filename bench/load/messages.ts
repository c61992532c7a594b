import { type Random, randomOf } from '../../tests/files/random.ts';

/** What people write, one with another; `{n}` is a number. */
const SENTENCES = [
  'hey, is anybody up for a game tonight?',
  'I think the build is broken again, could you have a look at line {n}?',
  'lol no way 😂😂',
  'Thanks, that worked!',
  'Where did you get that picture from? It looks great.',
  'gute Nacht zusammen, bis morgen um {n}',
  'да, я тоже так думаю, посмотрим завтра',
  'on se retrouve à la gare vers {n}h30',
  '今日はとても寒いですね、もう冬みたい',
  'see https://example.com/guide/{n}?page=2#top for the rules',
  'ok',
  'The penguin hopped from rock to rock, and said hello to everybody it met on the way.',
  '**please** read the pinned message before you ask, it is all in there',
  'I have sent you {n} files, tell me when you have got them',
  '¿alguien sabe si mañana hay reunión?',
  'that is not how it works: first you open it, then you close it, and then you wait for {n} minutes',
  '`const total = items.reduce((sum, one) => sum + one.price * {n}, 0);`',
  'haha yes, same here',
  'my cat just walked over the keyboard fkdjs{n}',
  'can somebody give me the role for the book club? <@&41771983423143937>',
  'brb, food',
  'This is the third time this week, and I really do not know what else to try. Any ideas?',
  '넌 오늘 뭐 먹었어?',
  'GG well played everyone',
] as const;
/** What some rule of the flood has an eye on. */
const CAUGHT = [
  'FREE nitro for everyone, claim it at https://discorcl.gift/abc',
  'join my new server discord.gg/penguins{n}',
  'WHY IS NOBODY LISTENING TO ME IN HERE AT ALL',
  'I can sell 500 gold coins, dm me for the price',
] as const;
const CAUGHT_EVERY = 100;

/** Texts such as people write, of 2 to some 300 characters; one of a hundred is what rules are made for. The same at each call. */
export function mixedMessages(count: number): readonly string[] {
  const random = randomOf(7);
  return Array.from({ length: count }, (_, at) => {
    if (at % CAUGHT_EVERY === CAUGHT_EVERY - 1) return filled(pick(CAUGHT, random), random);
    const sentences = random.next() < 0.7 ? 1 : 2 + random.below(3);
    return Array.from({ length: sentences }, () => filled(pick(SENTENCES, random), random)).join(' ');
  });
}

/** Texts of 2,000 to 4,000 characters, a tenth of them made to be hard to read. The same at each call. */
export function heavyMessages(count: number): readonly string[] {
  const random = randomOf(11);
  return Array.from({ length: count }, (_, at) => {
    const length = 2_000 + random.below(2_001);
    if (at % 10 === 9) return repeated(pick(HOSTILE, random), length);
    let text = '';
    while (text.length < length) text += `${filled(pick(SENTENCES, random), random)} `;
    return text.slice(0, length).toWellFormed();
  });
}

/** Each is said again and again until the message is full: what slows down engines that go back, marks, and what does not show. */
const HOSTILE = [
  'a',
  '(){',
  'rm  ',
  'e\u0301\u0302\u0303\u0304\u0305',
  '\u200b\u200c\u2060x',
  '**||__*',
  '%2525',
  'http://a.b/',
  'ПаpаΡ',
  '🇦🇧',
  '@everyone ',
  'A A A  ',
] as const;

/** What stops a bot that looks for harmful commands with a regex on its event loop: for seconds, for a minute, and when it is edited for hours. */
export const ORIGIN_CASES = {
  'an ordinary message of 2,000 characters': repeated(
    'The penguin hopped from rock to rock, and said hello to everybody it met on the way. ',
    2_000,
  ),
  'a hostile one, (){ again and again': repeated('(){', 2_000),
  'rm and forty spaces': `rm${' '.repeat(40)}x`,
} as const;

function repeated(piece: string, length: number): string {
  return piece
    .repeat(Math.ceil(length / piece.length))
    .slice(0, length)
    .toWellFormed();
}

function filled(text: string, random: Random): string {
  return text.replace('{n}', () => String(random.below(100)));
}

function pick<const T>(from: readonly T[], random: Random): T {
  const one = from[random.below(from.length)];
  if (one === undefined) throw new Error('there is nothing to pick from');
  return one;
}
