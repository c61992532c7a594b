import { expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { render, type Words } from '../../../src/services/answers/words.ts';
import { cardOf } from '../../../src/services/inspector/card.ts';
import { withName } from '../../../src/services/inspector/opened-as.ts';
import { levelOf } from '../../../src/workers/inspect/report.ts';
import { concat } from '../../files/bytes.ts';
import { rar5 } from '../../files/rar.ts';
import { made } from '../../files/secrets.ts';
import { zip } from '../../files/zip.ts';
import { inspect } from '../../workers/inspect/inspecting.ts';

/** The heading of a file's card, what stands under it, and the points that speak against the file. */
async function saidOf(bytes: Uint8Array, name: string, limits: Parameters<typeof inspect>[2] = {}) {
  const report = await inspect(bytes, name, limits);
  const file = { name, size: bytes.length, url: 'https://cdn.example/gift.zip', contentType: null };
  const { title, parts } = cardOf({ file, level: levelOf(report), report, sha256: '0'.repeat(64), id: '1' });
  const say = (words: Words) => render(words, { i18n: createI18n(), locale: 'en' });
  const [head] = parts.flatMap((part) => (part.kind === 'lines' ? [part] : []));
  const points = parts.flatMap((part) => (part.kind === 'points' ? part.points : [])).map(say);
  return {
    title: say(title ?? ''),
    heading: say(head?.title ?? ''),
    verdict: (head?.lines ?? []).map(say).join(' '),
    points,
  };
}

test('a token in the name of a file is not shown, and its author can be told of it', async () => {
  const token = made('ghp_', 36);
  const { title } = await saidOf(new TextEncoder().encode('hello'), `backup_${token}.txt`);
  expect(title).toBe(`backup\\_${'\\*'.repeat(40)}.txt`);
  expect(withName(await inspect('hello', 'file.txt'), `backup_${token}.txt`).secrets).toEqual(['githubToken']);
});

test('what was found in an archive in an archive is said in full, and names in it are no markdown', async () => {
  const inner = zip([{ path: 'free **nitro**.exe', content: 'x' }]);
  const { points } = await saidOf(zip([{ path: 'everyone.zip', content: inner }]), 'gift.zip');
  expect(points).toEqual(['in everyone.zip: programs in it (1): free \\*\\*nitro\\*\\*.exe']);
});

test('a file that nobody has looked into is not called safe, and the card says so', async () => {
  const film = concat([
    Uint8Array.of(0, 0, 0, 24),
    new TextEncoder().encode('ftypisom\0\0\x02\0isomiso2'),
    new Uint8Array(500),
  ]);
  for (const [bytes, name] of [
    [film, 'film.mp4'],
    [new Uint8Array(500), 'save.dat'],
    [rar5([{ path: 'a.txt', size: 10, packed: 10 }]), 'a.rar'],
  ] as const) {
    const { heading, verdict, points } = await saidOf(bytes, name);
    expect(heading).toBe('Not looked into');
    expect(verdict).toContain('I cannot say whether it is safe');
    expect(points).toHaveLength(1);
  }
});

test('a limit says how much there is and how much was read, in units that people read', async () => {
  const words = new TextEncoder().encode('some words and more\n'.repeat(1_000));
  expect(await saidOf(words, 'a.txt', { bytesOut: 5_000 })).toMatchObject({
    heading: 'Careful',
    points: ['Only part of it was read: it comes to 20.0 KB or more, and I read at most 5.0 KB'],
  });
  const many = zip(Array.from({ length: 1_234 }, (_, at) => ({ path: `${at}.txt`, content: 'x' })));
  expect((await saidOf(many, 'a.zip', { entries: 1_000 })).points).toEqual([
    'Only part of it was read: it has 1,234 entries or more, and I read at most 1,000',
  ]);
});

test('a name that turns its end around is shown as it is spelt', async () => {
  const { title } = await saidOf(new TextEncoder().encode('x'), 'photo-\u202egnp.exe');
  expect(title).toBe('photo-·gnp.exe');
});
