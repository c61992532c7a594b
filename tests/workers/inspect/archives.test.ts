import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { concat } from '../../files/bytes.ts';
import { bzip2 } from '../../files/bzip2.ts';
import { elf, pdf, pe } from '../../files/executables.ts';
import { bzip2OfZeros, emptyMembers, gzip, gzipOfZeros } from '../../files/gzip.ts';
import { xz } from '../../files/lzma.ts';
import { mutated, truncated } from '../../files/mutated.ts';
import { randomOf } from '../../files/random.ts';
import { rar4, rar5 } from '../../files/rar.ts';
import { made } from '../../files/secrets.ts';
import { sevenZip } from '../../files/sevenzip.ts';
import { tar } from '../../files/tar.ts';
import { behindEmptyBlocks, crowded, deflatedZeros, nested, zip } from '../../files/zip.ts';
import { findingOf, inspect, LIMITS } from './inspecting.ts';

const FILES = [
  { path: 'notes/', content: '' },
  { path: 'notes/today.txt', content: 'nothing special '.repeat(20) },
  { path: 'picture.png', content: 'not really' },
];

function codes({ findings }: Report): string[] {
  return findings.map(({ code, level }) => `${code} ${level}`);
}

function paths({ previews }: Report): string[] {
  return previews.flatMap((one) => (one.kind === 'entries' ? one.entries.map(({ path }) => path) : []));
}

function fact({ facts }: Report, label: Report['facts'][number]['label']) {
  return facts.find((one) => one.label === label)?.params;
}

/** Nobody can say more of what stays packed. */
const LISTED = [['contents-unseen unseen'], 'unseen'] as const;

describe('lists what is in an archive', () => {
  const rarFiles = [
    { path: 'notes', size: 0, folder: true },
    { path: 'notes/today.txt', size: 320, packed: 40 },
    { path: 'picture.png', size: 10, packed: 10 },
  ];
  const sevenFiles = [
    { path: 'notes' },
    { path: 'notes/today.txt', content: 'x'.repeat(320) },
    { path: 'picture.png', content: 'not really' },
  ];
  const tarFiles = FILES.map((file) => (file.path.endsWith('/') ? { ...file, kind: '5' } : file));
  const archives = [
    ['zip', zip(FILES), 'zip'],
    ['zip behind something else', zip(FILES, { before: '\x01\0\xffsomething else\0', comment: 'and behind' }), 'zip'],
    ['tar', tar(tarFiles), 'tar'],
    ['7z', sevenZip(sevenFiles), 'sevenZip', LISTED],
    ['7z with a packed header', sevenZip(sevenFiles, { packHeader: true }), 'sevenZip', LISTED],
    ['RAR 4', rar4(rarFiles), 'rar', LISTED],
    ['RAR 5', rar5(rarFiles), 'rar', LISTED],
  ] as const;
  for (const [what, bytes, type, verdict = [[], 'safe']] of archives) {
    test(what, async () => {
      const report = await inspect(bytes, 'archive');
      expect(report.type).toBe(type);
      expect(paths(report).map((path) => path.replace(/\/$/, ''))).toEqual(['notes', 'notes/today.txt', 'picture.png']);
      expect(report.previews[0]).toMatchObject({ entries: [{}, { bytes: 320 }, { bytes: 10 }], more: 0 });
      expect(fact(report, 'contents')).toEqual({ files: 2, folders: 1 });
      expect(fact(report, 'unpacked')).toMatchObject({ size: '330 B' });
      expect([codes(report), levelOf(report)]).toEqual(verdict);
    });
  }

  test('thirty of a hundred, the telling ones first', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ path: `file ${index}.txt`, content: 'x' }));
    const report = await inspect(zip([...many, { path: 'run.exe', content: 'x' }]), 'a.zip');
    expect(paths(report)).toHaveLength(30);
    expect(paths(report)[0]).toBe('run.exe');
    expect(report.previews[0]).toMatchObject({ more: 71 });
  });

  test('long names of tar, as pax and as GNU write them', async () => {
    const path = `${'very-'.repeat(30)}long/name.txt`;
    for (const long of ['pax', 'gnu'] as const) {
      const report = await inspect(tar([{ path, long, content: 'x' }]), 'a.tar');
      expect(fact(report, 'contents')).toEqual({ files: 1, folders: 0 });
      expect(paths(report)[0]).toMatch(/^very-very-.*….*-long\/name\.txt$/);
    }
  });

  test('names of a thousand characters with controls are shown short and plain', async () => {
    const path = '\u0001\u001b[31m\u202e'.repeat(200);
    for (const bytes of [
      zip([{ path, content: 'x' }]),
      tar([{ path, long: 'pax', content: 'x' }]),
      rar5([{ path, size: 1 }]),
    ]) {
      const report = await inspect(bytes, 'a');
      expect(paths(report)[0]?.length).toBeLessThanOrEqual(100);
      expect(JSON.stringify([report.previews, report.findings])).not.toMatch(/\\u0001|\\u001b|\u202e/);
      expect(codes(report)).toContain('name-turned careful');
    }
  });
});

describe('one packed file', () => {
  const text = 'level=info all is well\n'.repeat(50);
  const bytes = new TextEncoder().encode(text);
  const archive = tar([
    { path: 'a.txt', content: text },
    { path: 'setup.exe', content: 'x' },
  ]);
  for (const [what, extension, pack] of [
    ['gzip', 'gz', gzip],
    ['bzip2', 'bz2', bzip2],
    ['xz', 'xz', xz],
  ] as const) {
    test(`${what} shows what is in it`, async () => {
      const report = await inspect(pack(bytes), `app.log.${extension}`);
      expect(report.type).toBe(what);
      expect(fact(report, 'contents')?.value).toBe('app.log (text/plain)');
      expect(JSON.stringify(report.previews)).toContain('all is well');
      expect([codes(report), levelOf(report)]).toEqual([[], 'safe']);
    });

    test(`a tar in ${what} is opened too`, async () => {
      const report = await inspect(pack(archive), 'a');
      expect(paths(report)).toEqual(['setup.exe', 'a.txt']);
      expect(findingOf(report, 'inside')).toMatchObject({ code: 'programs-inside', names: 'setup.exe' });
      expect(levelOf(report)).toBe('dangerous');
    });

    test(`${what} that is cut off shows what came until then`, async () => {
      const cut = pack(bytes).slice(0, -12);
      expect(codes(await inspect(cut.subarray(0, cut.length - 8), 'app'))).toEqual(['broken careful']);
    });
  }

  test('a tar behind the end of another is looked into, and told', async () => {
    const both = concat([
      tar([{ path: 'a.txt', content: 'a' }]),
      new Uint8Array(10_240),
      tar([{ path: 'b.exe', content: 'b' }]),
    ]);
    expect(codes(await inspect(both, 'a.tar'))).toEqual(['hidden-entries careful', 'programs-inside dangerous']);
    expect(
      codes(await inspect(concat([tar([{ path: 'a.txt', content: 'a' }]), new Uint8Array(10_240)]), 'a.tar')),
    ).toEqual([]);
  });

  test('the name in a gzip header counts', async () => {
    const report = await inspect(gzip('x', { name: 'invoice.pdf.exe' }), 'invoice.gz');
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'inside', level: 'dangerous' }));
    expect(findingOf(report, 'inside')).toMatchObject({ code: 'double-extension', inFile: 'invoice.pdf.exe' });
  });
});

describe('what is wrong with entries', () => {
  const cases = [
    ['a path out of the folder', zip([{ path: '../../.bashrc', content: 'x' }]), 'escapes dangerous'],
    [
      'a path out of the folder, the Windows way',
      zip([{ path: 'a\\..\\..\\x.dll', content: 'x' }]),
      'escapes dangerous',
    ],
    ['an absolute path', tar([{ path: '/etc/passwd', content: 'x' }]), 'escapes dangerous'],
    ['a path with a drive', rar5([{ path: 'C:/Windows/x.txt', size: 1 }]), 'escapes dangerous'],
    ['an absolute path in 7z', sevenZip([{ path: '/etc/cron.d/x', content: 'x' }]), 'escapes dangerous'],
    ['a link out of a zip', zip([{ path: 'l', content: '../../etc/passwd', link: true }]), 'link-escapes dangerous'],
    ['a link out of a tar', tar([{ path: 'a/l', kind: '2', target: '../../x' }]), 'link-escapes dangerous'],
    ['a hard link out of a tar', tar([{ path: 'a/b/c/l', kind: '1', target: '../x' }]), 'link-escapes dangerous'],
    ['a link out of a RAR', rar5([{ path: 'l', size: 0, target: '/etc' }]), 'link-escapes dangerous'],
    ['an encrypted zip', zip([{ path: 'a.txt', content: 'x', encrypted: true }]), 'entries-encrypted careful'],
    ['an encrypted RAR 4', rar4([{ path: 'a.txt', size: 1, encrypted: true }]), 'entries-encrypted careful'],
    ['an encrypted RAR 5', rar5([{ path: 'a.txt', size: 1, encrypted: true }]), 'entries-encrypted careful'],
    [
      'an encrypted 7z',
      sevenZip([{ path: 'a.txt', content: 'x' }], { locked: 'contents' }),
      'entries-encrypted careful',
    ],
    ['encrypted names in 7z', sevenZip([{ path: 'a', content: 'x' }], { locked: 'header' }), 'names-encrypted careful'],
    ['encrypted names in RAR 4', rar4([], { locked: true }), 'names-encrypted careful'],
    ['encrypted names in RAR 5', rar5([], { locked: true }), 'names-encrypted careful'],
    ['one part of several', rar5([], { volume: true }), 'part-of-many careful'],
    ['a program by its name', zip([{ path: 'cheats/setup.exe', content: 'x' }]), 'programs-inside dangerous'],
    ['a program by its content', zip([{ path: 'readme.txt', content: elf() }]), 'programs-inside dangerous'],
    ['a program by its content in a tar', tar([{ path: 'readme.txt', content: elf() }]), 'programs-inside dangerous'],
    ['a name that ends twice', zip([{ path: 'a/invoice.pdf.exe', content: 'x' }]), 'double-extension dangerous'],
    ['two names for one entry', zip([{ path: 'a.txt', localPath: 'b.exe', content: 'x' }]), 'two-names careful'],
    ['more than it says', zip([{ path: 'a.txt', content: 'x'.repeat(10_000), size: 10 }]), 'lies-about-size dangerous'],
    [
      'less packed than it says',
      zip([{ path: 'a.txt', content: elf(), store: true, size: 10 }]),
      'lies-about-size dangerous',
    ],
    [
      'more packed than it says there is',
      zip([{ path: 'a', deflated: new Uint8Array(50_000), size: 10 }]),
      'lies-about-size dangerous',
    ],
  ] as const;
  for (const [what, bytes, expected] of cases) {
    test(what, async () => expect(codes(await inspect(bytes, 'archive'))).toContain(expected));
  }

  test('a link that stays inside, an upward path that does too, and a name with two dots are nothing', async () => {
    const files = [
      { path: 'a/b/l', kind: '2', target: '../c' },
      { path: 'a/../b.txt', content: 'x' },
      { path: 'a/..b..txt', content: 'x' },
    ];
    expect(codes(await inspect(tar(files), 'a.tar'))).toEqual([]);
  });

  test('what is found in an archive or a document inside is told of the whole, with the way to it', async () => {
    const inner = zip([{ path: 'deep/evil.exe', content: 'x' }]);
    const middle = tar([
      { path: 'inner.zip', content: inner },
      { path: 'paper.pdf', content: pdf },
    ]);
    const report = await inspect(zip([{ path: 'middle.tar.gz', content: gzip(middle) }]), 'outer.zip');
    expect(findingOf(report, 'inside')).toEqual({
      code: 'programs-inside',
      inFile: 'middle.tar.gz › middle.tar › inner.zip',
      names: 'deep/evil.exe',
      number: 1,
    });
    expect(levelOf(report)).toBe('dangerous');
  });
});

/** Longer than any of these takes, by far; the bot's own limit. */
const REAL = { milliseconds: 1_500 };

describe('bombs are told, not lit', () => {
  test('by what a zip says of itself', async () => {
    const report = await inspect(
      zip([{ path: 'a', deflated: deflatedZeros(10_000_000), size: 4_000_000_000 }]),
      'a.zip',
      REAL,
    );
    expect(findingOf(report, 'bomb')).toMatchObject({ size: '4.0 GB' });
    expect(report.limits).toEqual([]);
  });

  test('gzip, bzip2 and xz of a gigabyte of zeros', async () => {
    const bombs = [gzipOfZeros(1_000_000_000), bzip2OfZeros(400_000_000), xz({ zeros: 400_000_000 })];
    for (const bytes of bombs) {
      const report = await inspect(bytes, 'a', { milliseconds: 60_000 });
      expect(codes(report)).toEqual(['bomb dangerous']);
      expect(report.limits).toMatchObject([{ limit: 'bytesOut' }]);
    }
  });

  test('archives in archives, as 42.zip has them', async () => {
    const report = await inspect(nested(5), '42.zip', { milliseconds: 60_000 });
    expect(report.findings.map(({ params }) => params.code)).toEqual(['too-deep']);
    expect(report.limits).toEqual([]);
    expect(levelOf(report)).toBe('dangerous');
  });

  test('a bomb a level down', async () => {
    const report = await inspect(nested(1), 'a.zip', REAL);
    expect(findingOf(report, 'inside')).toMatchObject({ code: 'bomb', inFile: 'lib 0-0.zip' });
  });

  test('many small ones, which are nothing each', async () => {
    const small = zip([{ path: '0.bin', deflated: deflatedZeros(10_000_000), size: 10_000_000 }]);
    const copies = (content: Uint8Array, count: number, name: string) =>
      zip(Array.from({ length: count }, (_, at) => ({ path: `${name} ${at}.zip`, content })));
    const flat = await inspect(copies(small, 80, 'copy'), 'a.zip', REAL);
    expect(findingOf(flat, 'inside')).toMatchObject({ code: 'bomb-together', inFile: 'copy 9.zip' });
    expect(flat.limits).toEqual([]);
    const deep = await inspect(copies(copies(small, 6, 'inner'), 6, 'outer'), 'a.zip', REAL);
    expect(findingOf(deep, 'inside')).toMatchObject({ code: 'bomb-together', inFile: 'outer 1.zip › inner 3.zip' });
  });

  test('a thousand of them behind what is larger', async () => {
    const small = zip([{ path: '0.bin', deflated: deflatedZeros(10_000_000), size: 200_000 }]);
    const noise = Uint8Array.from({ length: 20_000 }, (_, at) => (at * 7_919) % 251);
    const files = Array.from({ length: 700 }, (_, at) => ({ path: `${at}.bin`, content: noise }));
    const bombs = Array.from({ length: 600 }, (_, at) => ({ path: `${at}.zip`, content: small }));
    const report = await inspect(zip([...files, ...bombs]), 'a.zip', { milliseconds: 60_000 });
    expect(levelOf(report)).toBe('dangerous');
  });

  test('what is packed twice and honest is counted once', async () => {
    const random = randomOf(5);
    const line = () => `2026-01-01 12:00:00 INFO request ${random.below(64)} took ${random.below(9)} ms, all is well\n`;
    const log = new TextEncoder().encode(Array.from({ length: 30_000 }, line).join('').repeat(10));
    const report = await inspect(gzip(tar([{ path: 'app.log', content: log }])), 'logs.tar.gz', {
      milliseconds: 60_000,
    });
    expect(report.findings).toEqual([]);
  });

  test('an archive that shares one piece of data among many entries', async () => {
    const data = deflatedZeros(20_000_000);
    const files = Array.from({ length: 1_000 }, (_, index) => ({
      path: `${index}`,
      deflated: data,
      size: 20_000_000,
      shared: index > 0,
    }));
    const report = await inspect(zip(files), 'a.zip', REAL);
    expect(codes(report)).toEqual(expect.arrayContaining(['overlapping dangerous', 'bomb dangerous']));
  });

  test('a zip that says it is small', async () => {
    const report = await inspect(
      zip([{ path: 'a.txt', deflated: deflatedZeros(900_000_000), size: 1_000 }]),
      'a.zip',
      REAL,
    );
    expect(codes(report)).toContain('lies-about-size dangerous');
  });

  test('a zip that lies only as far as what it is packed to allows', async () => {
    const noise = randomOf(9);
    const head = Uint8Array.from({ length: 20_000 }, () => noise.below(256));
    const [zeros, hidden] = [deflatedZeros(900_000_000), deflatedZeros(200_000_000)];
    const liars = [
      [{ path: 'a.docx', deflated: zeros, size: 835_000 }],
      [{ path: 'a', deflated: zeros, size: 60_000_000 }],
      [{ path: 'a', deflated: concat([flushed(head), hidden]), size: 220_000 }],
      [{ path: 'a', deflated: deflatedZeros(200), size: 0 }],
      [{ path: 'a', deflated: new Uint8Array(deflateRawSync('five!')), size: 50_000_000 }],
    ];
    for (const files of liars) expect(codes(await inspect(zip(files), 'a.zip'))).toEqual(['lies-about-size dangerous']);
  });

  test('a zip of thousands of small files of which one lies, and not the largest', async () => {
    const honest = Array.from({ length: 3_000 }, (_, at) => ({ path: `${at}.txt`, content: `file ${at} `.repeat(20) }));
    const liar = { path: 'late.txt', deflated: new Uint8Array(deflateRawSync('y'.repeat(900))), size: 700 };
    expect(codes(await inspect(zip([...honest, liar]), 'a.zip'))).toContain('lies-about-size dangerous');
    expect(codes(await inspect(zip(honest), 'a.zip'))).not.toContain('lies-about-size dangerous');
  });

  test('what begins with what packs well and goes on otherwise does not lie', async () => {
    const noise = randomOf(10);
    const image = new Uint8Array(3_000_000);
    for (let at = 2_000_000; at < image.length; at++) image[at] = noise.below(256);
    expect(codes(await inspect(zip([{ path: 'disk.bin', content: image }]), 'a.zip'))).toEqual([]);
  });

  test('honest data that packs well, and a large honest archive, are none', async () => {
    const log = new TextEncoder().encode('2026-01-01 12:00:00 INFO all is well\n'.repeat(100_000));
    expect(codes(await inspect(gzip(log), 'a.log.gz'))).toEqual([]);
    expect(codes(await inspect(zip([{ path: 'a.log', content: log }]), 'a.zip'))).toEqual([]);
  });
});

describe('nothing is called safe that nobody looked at', () => {
  const program = pe({});
  const large = Array.from({ length: 200 }, (_, at) => ({ path: `${at}.txt`, content: `${at} `.repeat(2_000) }));

  test('a program behind many larger files is found', async () => {
    const files = [...large, { path: 'readme.txt', content: program }];
    for (const bytes of [zip(files), tar(files)])
      expect(codes(await inspect(bytes, 'a'))).toEqual(['programs-inside dangerous']);
  });

  test('a program behind blocks of nothing is found', async () => {
    const deflated = behindEmptyBlocks(new Uint8Array(deflateRawSync(program)), 20_000);
    const report = await inspect(zip([{ path: 'holiday.jpg', deflated, size: program.length }]), 'a.zip');
    expect(codes(report)).toContain('programs-inside dangerous');
  });

  test('files packed in ways nobody here knows, and more files than are looked at, are counted', async () => {
    const files = [...FILES, { path: 'b', content: 'x', method: 14 }];
    const report = await inspect(zip(files), 'a.zip');
    expect(findingOf(report, 'some-unseen')).toEqual({ number: 1, all: 3 });
    expect(levelOf(report)).toBe('unseen');
    const all = await inspect(zip([{ path: 'b', content: 'x', method: 9 }]), 'a.zip');
    expect(codes(all)).toEqual(['contents-unseen unseen']);
    const many = Array.from({ length: 11_000 }, (_, at) => ({ path: `${at}`, content: 'x' }));
    expect(findingOf(await inspect(tar(many), 'a.tar'), 'some-unseen')).toMatchObject({ all: 11_000 });
  });

  test('an honest archive of a thousand files is looked at whole', async () => {
    const files = Array.from({ length: 1_500 }, (_, at) => ({
      path: `src/${at}.ts`,
      content: `line ${at}\n`.repeat(at),
    }));
    for (const bytes of [zip(files), tar(files)]) expect(codes(await inspect(bytes, 'a'))).toEqual([]);
  });

  test('where half of the time is gone, the rest is counted as not looked at', async () => {
    let asked = 0;
    const budget = new Budget(LIMITS, { now: () => 0, worked: () => (asked++ === 0 ? 0 : LIMITS.milliseconds * 0.6) });
    const report = await openFile({ name: 'a.zip', declared: '', bytes: zip(large) }, budget);
    expect(findingOf(report, 'some-unseen')).toEqual({ number: 136, all: 200 });
  });

  test('files that the list of a zip does not tell of', async () => {
    const [evil, good] = [zip([{ path: 'a.exe', content: program }]), zip(FILES)];
    expect(codes(await inspect(concat([evil, good]), 'a.zip'))).toEqual(['hidden-entries careful']);
    const stored = zip([{ path: 'inner.bin', content: evil, store: true }]);
    expect(codes(await inspect(stored, 'a.zip'))).not.toContain('hidden-entries careful');
  });

  test('a zip whose entries say that they lie before its start is searched from its start', async () => {
    const bytes = concat([zip([{ path: 'a.exe', content: program }]), zip(FILES)]);
    new DataView(bytes.buffer).setUint32(bytes.length - 6, 0xfffffff0, true); // where its directory claims to be
    expect(codes(await inspect(bytes, 'a.zip', REAL))).toContain('hidden-entries careful');
  });
});

describe('secrets in the texts of an archive', () => {
  const token = made('ghp_', 36);
  const env = { path: 'app/.env', content: `GITHUB_TOKEN=${token}\nPASSWORD=hunter22\n` };
  const many = Array.from({ length: 200 }, (_, at) => ({ path: `docs/${at}.txt`, content: `${at} `.repeat(3_000) }));

  test.each([
    ['a zip', 'a.zip', zip([env])],
    ['a tar', 'a.tar', tar([env])],
    ['a tar in a gzip', 'a.tar.gz', gzip(tar([env]))],
    ['a zip in a zip', 'a.zip', zip([{ path: 'inner.zip', content: zip([env]) }])],
    ['a zip among many larger files', 'a.zip', zip([...many, env])],
    ['a note among many larger files', 'a.zip', zip([...many, { ...env, path: 'notes.txt' }])],
    ['a zip in UTF-16', 'a.zip', zip([{ path: '.env', content: Buffer.from(`\ufeff${env.content}`, 'utf16le') }])],
  ])('of %s are told by their kinds', async (_, name, bytes) => {
    const report = await inspect(bytes, name);
    expect(report.secrets).toEqual(['githubToken', 'password']);
    expect(levelOf(report)).toBe('careful');
    expect(JSON.stringify(report)).not.toContain(token.slice(4, 20));
  });

  test('in a column that is called so are told as well', async () => {
    const table = 'name;password\nada;kT5%vwQ1\nbob;zR7$mmA2\n';
    expect((await inspect(zip([{ path: 'people.csv', content: table }]), 'a.zip')).secrets).toEqual(['password']);
    expect((await inspect(zip([{ path: 'people.txt', content: 'a list of people' }]), 'a.zip')).secrets).toEqual([]);
  });

  test('are told with the files that they are in', async () => {
    const files = [{ path: 'readme.md', content: 'nothing here' }, env, { path: 'deploy.sh', content: `T=${token}` }];
    expect(findingOf(await inspect(zip(files), 'a.zip'), 'secrets-inside')).toEqual({
      number: 2,
      names: 'deploy.sh, app/.env',
    });
  });

  test('are looked for in files that keep them before all others, and in no more than there is time for', async () => {
    const prose = Array.from({ length: 40 }, (_, at) => ({
      path: `${at}.txt`,
      content: `${token}\n${'word '.repeat(6_000)}`,
    }));
    const settings = prose.map(({ content }, at) => ({ path: `${at}.json`, content }));
    expect((await inspect(tar(prose), 'a.tar')).secrets).toHaveLength(15);
    expect((await inspect(tar([...prose, ...settings]), 'a.tar')).secrets).toHaveLength(40);
    expect((await inspect(tar([{ path: 'a.bin', content: `\0\x01\x02${token}` }]), 'a.tar')).secrets).toEqual([]);
  });
});

/** Deflated and brought to the end of a byte, without an end. */
function flushed(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
}

describe('too much of anything ends with what was seen until then', () => {
  test('as many entries as the largest upload holds', async () => {
    const report = await inspect(crowded(25_000_000), 'a.zip', { milliseconds: 60_000 });
    expect(report.limits).toEqual([{ limit: 'entries', allowed: 20_000, seen: 65_535 }]);
    expect(fact(report, 'contents')).toEqual({ files: 20_000, folders: 0 });
  });

  test('the same without its directory', async () => {
    const bytes = crowded(25_000_000);
    const report = await inspect(bytes.subarray(0, bytes.length - 30), 'a.zip', { milliseconds: 60_000 });
    expect(report.limits).toMatchObject([{ limit: 'entries' }]);
  });

  test('a tar of nothing but headers', async () => {
    const one = tar([{ path: 'a' }]).subarray(0, 512);
    const report = await inspect(concat(Array.from({ length: 30_000 }, () => one)), 'a.tar', { milliseconds: 60_000 });
    expect(report.limits).toMatchObject([{ limit: 'entries' }]);
    expect(levelOf(report)).toBe('careful');
  });

  test('a gzip of nothing, a million times', async () => {
    const report = await inspect(emptyMembers(25_000_000), 'a.gz', { milliseconds: 60_000 });
    expect(findingOf(report, 'broken')).toEqual({ where: 'gzip: more members than a file needs' });
  });

  test('an entry larger than what is left is not unpacked, the others are', async () => {
    const random = randomOf(8);
    const noise = Uint8Array.from({ length: 200_000 }, () => random.below(256));
    const large = zip([{ path: 'noise', content: noise, store: true }]);
    const small = zip([{ path: 'evil.exe', content: 'x' }]);
    const report = await inspect(
      zip([
        { path: 'large.zip', content: large, store: true },
        { path: 'small.zip', content: small },
      ]),
      'a',
      {
        bytesOut: 100_000,
      },
    );
    expect(report.limits).toMatchObject([{ limit: 'bytesOut' }]);
    expect(findingOf(report, 'inside')).toMatchObject({ inFile: 'small.zip', code: 'programs-inside' });
  });

  test('ten megabytes of zeros are nothing, under any name', async () => {
    for (const name of ['a.zip', 'a.tar', 'a.gz', 'a.7z', 'a.rar']) {
      const report = await inspect(new Uint8Array(10_000_000), name, REAL);
      expect([report.type, report.limits]).toEqual(['unknown', []]);
      expect(levelOf(report)).not.toBe('safe');
    }
  });
});

const SMALL = [
  zip([...FILES, { path: 'inner.zip', content: zip(FILES) }]),
  tar([
    { path: 'a', content: 'x' },
    { path: `${'long/'.repeat(30)}b`, long: 'pax', content: 'y' },
  ]),
  gzip(tar([{ path: 'a', content: 'x' }]), { name: 'a.tar' }),
  bzip2(new TextEncoder().encode('some text, some more text\n'.repeat(30))),
  xz(new TextEncoder().encode('some text, some more text\n'.repeat(30))),
  sevenZip([
    { path: 'a', content: 'x' },
    { path: 'b', content: 'y' },
  ]),
  sevenZip(
    [
      { path: 'a', content: 'x' },
      { path: 'b', content: 'y' },
    ],
    { packHeader: true },
  ),
  rar4([
    { path: 'a', size: 3, packed: 3 },
    { path: 'b', size: 9, packed: 9, encrypted: true },
  ]),
  rar5([
    { path: 'a', size: 3, packed: 3, target: '../b' },
    { path: 'b', size: 9, packed: 9, encrypted: true },
  ]),
];

test('an archive cut off anywhere has a verdict, and never the best one', async () => {
  for (const bytes of SMALL) {
    const whole = await inspect(bytes, 'archive');
    for (const part of truncated(bytes)) {
      const report = await inspect(part, 'archive');
      if (report.type === whole.type && part.length < bytes.length - 1_100)
        expect([part.length, levelOf(report)]).not.toContain('safe');
    }
  }
});

test('changed at random, archives keep within their limits of bytes and time', async () => {
  const random = randomOf(42);
  const limits = { bytesOut: 200_000, entries: 500, milliseconds: 1_000 };
  for (let round = 0; round < 15_000; round++) {
    const report = await inspect(mutated(SMALL[round % SMALL.length] ?? new Uint8Array(0), random), 'archive', limits);
    expect(report.limits.map(({ limit }) => limit)).not.toContain('milliseconds');
  }
});
