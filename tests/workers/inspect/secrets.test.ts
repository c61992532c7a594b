import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../../src/workers/inspect/secrets.ts';
import { docxOf, paragraphs, xlsxOf } from '../../files/office.ts';
import { mail, page } from '../../files/pages.ts';
import { onePage, type PdfObject, pdfOf } from '../../files/pdf.ts';
import { A, bare, made, pem, SECRETS } from '../../files/secrets.ts';
import { factsOf, findingOf, inspect, textOf } from './inspecting.ts';

describe('secrets', () => {
  test.for(SECRETS)('%s is found and masked: %s', ([kind, secret]) => {
    for (const [before, after] of [
      ['', ''],
      ['token is ', ' ok?'],
      ['{"a":"x\\n', '","b":1}'],
      ['<', '>'],
      ['(', ').'],
    ]) {
      const text = `${before}${secret}${after}`;
      const masked = maskSecrets(text);
      expect([text, masked.kinds]).toEqual([text, [kind]]);
      expect(masked.text).toHaveLength(text.length);
      expect(masked.text).toContain('****');
      expect(masked.text).not.toContain('hunter22');
      expect(bare(masked.text).filter((word) => A.includes(word))).toEqual([]);
    }
  });

  test.for([
    'A perfectly ordinary sentence about a password, a token and a secret.',
    'Your password: must be at least eight characters long.',
    'The token: identifier expected. Unexpected token: function.',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'd41d8cd98f00b204e9800998ecf8427e da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'sha512-9NET910DNaIPngYnLLPeg+Ogzqsi9uM4mSboU5y6p8S5DzMTVEsJZrawi+BoDNUVBa2DhJqQYUFvMDfgU062LQ==',
    'https://example.org/path?id=123456789012345678&x=aB3dE5fG7hJ9',
    'https://cdn.discordapp.com/attachments/123456789012345678/123456789012345679/image.png',
    'password=$DB_PASSWORD secret: <your secret here> token = process.env.TOKEN',
    'password = getPassword(user) PASSWORD=null pwd=/home/me passwordHash: none',
    'const token = tokens[index]; if (token == null) return; const secret = await fetchSecret();',
    'case "pass": return counts.passed; const pass = passes[index]; postgres://user:password@host/db',
    'import { token } from "./token.ts"; // eyJ is how base64 of JSON begins',
    'snowflake 123456789012345678.123456.1234 version 1.2.3-beta.4 10.0.0.1:5432',
    'sk-learn is a library, ghp_ is a prefix, npm_config_registry is a setting, xoxb- is another',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    'my_hf_transformers_llama_7b_chat_model use_npm_package_config_port_8080_here the_sk-block__element--modifier-2-x',
    '\u001b[32mINFO\u001b[0m \u001b[36mtoken\u001b[39m: \u001b[1midentifier\u001b[0m expected a\u200bb',
    'password=$OAUTH2_TOKEN pwd=$(pass) password: %s password=%DB_PASS% pass_pwd=$pass1.value, password = $cfg->pass;',
    'password: !vault | password: &anchor password: *anchor # password: #comment password: string; pwd=pwd, password=password2;',
    'password = passwordField; this.password = passwordInput.value; password: configService.get; password=passwd)',
    '<input type="submit" name="reset_password" value="Reset1!"> <option name="password" value="abc123">x</option>',
    'Reset your password: https://example.org/reset/12ab password: your_password_here password=changeme password=example-1',
    '<add key="Culture" value="en-GB1" /> - name: REPLICAS\n  value: number3 {"name":"level","value":"debug17"}',
    'curl -u me https://example.org:8080/x\nsort -u a:b1c2d3\ncurl x; docker run -u 1000:1000 image\ncurl --user $USER:$PASS x',
    'login me password forgotten; default login page password hint1; the machine asks for a login and a password today1',
    'SG.short.text Private-Lines: none x SG.aaaaaaaaaaaaaaaaaaaaaa.png mail postgres://host:5432/a@b ssh://git@host:22/x',
    '"password": "", "Password": "password", password: "<your password>", password="{{ password }}", pass_secret: "[hidden]"',
    '| password: | what opens it |\n| token: | what it is |\nsecret: >\nnothing to the right\n the secret key: Enter, an access key: identifier',
    "password: '''\n",
    'at 12:30:15 in C:\\Users\\me\\token.txt, key: value, keyboard: qwerty123456',
  ])('there is none in %j', (text) => {
    expect(maskSecrets(text)).toEqual({ text, kinds: [] });
  });

  test('a token is found behind a dash, as in the names of files', () => {
    const token = made('ghp_', 36);
    expect(maskSecrets(`old-backup-${token}.png`)).toEqual({
      text: `old-backup-${'*'.repeat(40)}.png`,
      kinds: ['githubToken'],
    });
    const uuid = 'run-01ab4c6e-9f3d-4d1c-8f0e-3b2a1c0d9e8f7a6b5c4d3e2f1a0b';
    expect(maskSecrets(uuid)).toEqual({ text: uuid, kinds: [] });
  });

  test('what was cut off is masked as far as it goes', () => {
    for (const [, secret] of SECRETS.filter(([kind]) =>
      ['githubToken', 'discordToken', 'jwt', 'privateKey'].includes(kind),
    )) {
      for (const end of [Math.floor(secret.length * 0.7), secret.length - 1]) {
        const cut = secret.slice(0, end);
        expect(bare(maskSecrets(`${cut}…`).text).filter((word) => A.includes(word))).toEqual([]);
      }
    }
  });

  test.for(SECRETS.filter(([, secret]) => !secret.includes('\n')))(
    '%s is found in colours and behind what cannot be seen: %s',
    ([kind, secret]) => {
      const middle = Math.floor(secret.length * 0.8);
      const parted = (mark: string) => secret.slice(0, middle) + mark + secret.slice(middle);
      for (const text of [
        `\u001b[31m${secret}\u001b[0m`,
        `level=info \u001b[38;5;208m${secret}\u001b[0;1m ok`,
        `"\\u001b[31m${secret}\\u001b[0m"`,
        `seen \u241b[31m${secret}`,
        `\u200b${secret}`,
        parted('\u200b'),
        parted('\u001b[1m'),
      ]) {
        const masked = maskSecrets(text);
        expect([text, masked.kinds]).toEqual([text, [kind]]);
        expect(masked.text).toHaveLength(text.length);
        expect(masked.text).not.toMatch(/hunter2|unter22/);
        expect(bare(masked.text).filter((word) => A.includes(word))).toEqual([]);
      }
    },
  );

  test('colours between a name and its value hide neither', () => {
    expect(maskSecrets("  password: \u001b[32m'hunter22'\u001b[39m,").text).toBe(
      "  password: \u001b[32m'********'\u001b[39m,",
    );
    expect(maskSecrets('\u001b[36mtoken\u001b[39m=\u001b[1mabcdef123456\u001b[0m').kinds).toEqual(['otherKey']);
  });

  test.for(['my_old_', 'a_very_long_name_of_a_thing_', 'info\u001b[31m', 'x\u200b'])(
    'a token is found right behind %j',
    (before) => {
      for (const [kind, secret] of SECRETS.filter(([, secret]) => /^(?!SG)[\w-]+(?:[.:][\w-]+)*$/.test(secret))) {
        const { kinds, text } = maskSecrets(`for ${before}${secret} here`);
        expect([secret, kinds]).toEqual([secret, [kind]]);
        expect(text).toBe(`for ${before}${'*'.repeat(secret.length)} here`);
      }
    },
  );

  test('sentences in quotes are not shown under a name of a password, and nobody is suspected for them', () => {
    expect(maskSecrets('{"password": "Enter your new password"}')).toEqual({
      text: `{"password": "${'*'.repeat(23)}"}`,
      kinds: [],
    });
    expect(maskSecrets('pwd = "correct horse battery"').text).not.toMatch(/correct|horse/);
  });

  test('line ends stay where they are', () => {
    const masked = maskSecrets(`a\n${pem('PRIVATE KEY')}\nb`).text.split('\n');
    expect(masked).toEqual([
      'a',
      '-----BEGIN PRIVATE KEY-----',
      '*'.repeat(A.length),
      '*'.repeat(A.length),
      '-----END PRIVATE KEY-----',
      'b',
    ]);
  });

  test.for<readonly [string, string]>([
    ['marks', 'a\u200b'],
    ['codes without an end', '\u001b[1;'],
    ['written codes', '\\u001b[0'],
    ['beginnings', 'ghp_'],
    ['beginnings of a JWT', '_eyJ'],
    ['dashes below', '_'],
    ['names', 'password='],
    ['names in quotes', 'password="a b '],
    ['addresses', 'http://a:b@'],
    ['settings', 'name="password" value='],
    ['lines of netrc', 'machine a login b password '],
    ['people', 'curl -u '],
    ['keys', 'Private-Lines: 1\n'],
    ['blocks', 'password: |\n '],
    ['quotes', 'password=\'\'\'token="""'],
    ['second words', 'mfa.'],
  ])('a long line of %s is looked through once', ([, piece]) => {
    let ticks = 0;
    const text = piece.repeat(Math.ceil(2_000_000 / piece.length));
    expect(maskSecrets(text, () => ticks++).text).toHaveLength(text.length);
    expect(ticks).toBeLessThan(32);
  });

  test('many thousands of them take no longer than as much prose', () => {
    const text = `${made('ghp_', 36)} password=hunter22\n`.repeat(40_000);
    const { kinds, text: masked } = maskSecrets(text);
    expect(kinds).toHaveLength(1_000);
    expect(masked).toHaveLength(text.length);
    expect(masked).not.toContain('hunter22');
  });
});

describe('in a report', () => {
  const github = made('ghp_', 36);

  test('no preview, fact or link of any kind of text shows one', async () => {
    const url = `https://discord.com/api/webhooks/123456789012345678/${A}ab`;
    const texts = {
      'a.txt': `${github}\n${url}\n`,
      'a.csv': `name,value\nx,${github}\ny,${url}\nz,${github}\n`,
      'a.json': JSON.stringify({ [github]: github, url }),
      'broken.json': `{"a": ${github}`,
      'a.ndjson': `${JSON.stringify({ level: 50, msg: github })}\n`.repeat(3),
      'a.yaml': `x: ${github}\ny: [${url}\n`,
      'a.toml': `x = "${github}"\n[${github}]\n`,
      'a.log': `2024-05-01T10:00:00Z ERROR ${github} ${url}\n`.repeat(3),
      'trace.txt': `Error: ${github}\n    at f (/${github}/x.js:1:1)\n`,
    };
    for (const [name, text] of Object.entries(texts)) {
      const report = await inspect(text, name);
      expect(JSON.stringify(report), name).not.toContain(A.slice(0, 8));
      expect(report.secrets, name).toContain('githubToken');
    }
  });

  test('columns whose name says so are hidden whatever they hold', async () => {
    const report = await inspect('user,password\nada,short\nalan,plainword\n', 'a.csv');
    expect(factsOf(report, 'columnHidden')).toMatchObject([{ name: 'password' }]);
    expect(JSON.stringify(report)).not.toMatch(/short|plainword/);
  });

  test('the keys that AWS gives people as a table are hidden', async () => {
    const csv = `Access key ID,Secret access key\nAKIA${'ABCDEFGHIJ234567'},${A.slice(0, 40)}\n`;
    const report = await inspect(csv, 'accessKeys.csv');
    expect(report.secrets).toEqual(['awsKey']);
    expect(factsOf(report, 'columnHidden')).toMatchObject([{ name: 'Secret access key' }]);
    expect(JSON.stringify(report)).not.toContain(A.slice(0, 8));
  });

  test('a column that holds them is told of, one of words that only sounds so is not', async () => {
    const leak = await inspect('user,password\nada,hunter22\n', 'a.csv');
    expect(leak.secrets).toEqual(['password']);
    expect(JSON.stringify(leak)).not.toContain('hunter22');
    const rows = Array.from({ length: 40 }, (_, at) => `user ${at},${at < 39 ? 'none' : 'hunter22'}`);
    const later = await inspect(`user,password\n${rows.join('\n')}\n`, 'a.csv');
    expect(later.secrets).toEqual(['password']);
    for (const text of ['token,label\nthe,DET\npenguin,NOUN\n', 'field,password\nname,optional\nmail,required\n'])
      expect((await inspect(text, 'a.csv')).secrets).toEqual([]);
  });

  test('a sheet hides its columns as a table does', async () => {
    const rows = [
      ['user', 'password'],
      ['ada', 'hunter22'],
    ];
    const report = await inspect(xlsxOf({ people: rows }), 'a.xlsx');
    expect(JSON.stringify(report)).not.toContain('hunter22');
    expect(JSON.stringify(report)).toContain('********');
    expect(report.secrets).toEqual(['password']);
  });

  test.for([
    ['docx', (lines: readonly string[]) => docxOf(paragraphs(...lines))],
    ['pdf', (lines: readonly string[]) => onePage({ lines })],
  ] as const)('all of a %s is searched, and masked before it is cut', async ([extension, make]) => {
    const long = `${'as told before: '.repeat(5)}postgres://me:Sup3rS3cretPassw0rd@db.example.org/app`;
    const cut = await inspect(make([long]), `a.${extension}`);
    expect([extension, cut.secrets]).toEqual([extension, ['connectionString']]);
    expect(JSON.stringify(cut)).not.toContain('Sup3r');
    const later = await inspect(
      make([...Array.from({ length: 300 }, (_, at) => `line ${at} of many`), `here ${github}`]),
      `a.${extension}`,
    );
    expect([extension, later.secrets]).toEqual([extension, ['githubToken']]);
    expect(later.limits).toEqual([]);
  });

  test.for([
    ['a page', 'text/html', (text: string) => page(text)],
    ['a text', 'text/plain', (text: string) => text],
    ['what is not opened', 'text/css', (text: string) => text],
  ] as const)('all of a mail is searched: %s', async ([, type, make]) => {
    const content = make(`${'<p>Nothing much to say here.</p>\n'.repeat(1_000)}<p>use ${github}</p>`);
    const report = await inspect(mail([{ type, content }]), 'a.eml');
    expect([report.type, report.secrets, report.limits]).toEqual(['mail', ['githubToken'], []]);
    expect(JSON.stringify(report)).not.toContain(A.slice(0, 8));
  });

  test('a PDF of many pages is searched on its first ones, and is no more than a PDF of many pages', async () => {
    const page = 'BT /F1 9 Tf (a line of text that says nothing much, again and again and again) Tj ET\n'.repeat(40);
    const pages = Array.from({ length: 120 }, (_, at) => at);
    const objects: Record<number, PdfObject> = {
      1: '<< /Type /Catalog /Pages 2 0 R >>',
      2: `<< /Type /Pages /Count 120 /Kids [${pages.map((at) => `${10 + at * 2} 0 R`).join(' ')}] >>`,
      3: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    };
    for (const at of pages) {
      objects[10 + at * 2] =
        `<< /Type /Page /Parent 2 0 R /Contents ${11 + at * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`;
      objects[11 + at * 2] = { dict: '', stream: at === 10 ? `${page}BT (${github}) Tj ET` : page };
    }
    const { limits, secrets } = await inspect(pdfOf(objects), 'a.pdf');
    expect(limits).toEqual([]);
    expect(secrets).toEqual(['githubToken']);
  });

  test('names in archives are masked as well', async () => {
    const report = await inspect(zipSync({ [`${github}.txt`]: new Uint8Array(3) }), 'a.zip');
    expect(JSON.stringify(report)).not.toContain(A.slice(0, 8));
  });

  test('a list of them is said to be what it may be', async () => {
    const list = Array.from({ length: 30 }, (_, at) => `password=hunter${at}x`).join('\n');
    expect(findingOf(await inspect(list), 'many-secrets')).toEqual({ count: 30 });
    expect(findingOf(await inspect('password=hunter22'), 'many-secrets')).toBeUndefined();
  });

  test.for([
    [
      'yaml',
      `kind: Secret\nstringData:\n  key.pem: |\n    ${pem('PRIVATE KEY').replaceAll('\n', '\n    ')}\n  b: 2\n`,
      'privateKey',
    ],
    ['yaml', 'a: 1\nb:\n  password: |\n    hunter22\n    hunter23\n  c: 3\n', 'password'],
    ['toml', 'a = 1\npassword = 12345678\n', 'password'],
    ['json', '{"a": 1, "password": 12345678}', 'password'],
  ] as const)('%s that is right is right with a secret in it: %s', async ([type, text, kind]) => {
    const report = await inspect(text, `a.${type}`);
    expect([report.type, report.secrets, report.findings]).toEqual([type, [kind], []]);
    expect(JSON.stringify(report)).not.toMatch(/hunter|12345678|aB3dE5/);
  });

  test('lines around a fault keep their numbers where a secret goes over several', async () => {
    const text = `a: 1\nb:\n  key: |\n    ${pem('PRIVATE KEY').replaceAll('\n', '\n    ')}\n  c: ]\n`;
    const report = await inspect(text, 'a.yaml');
    expect(report.secrets).toEqual(['privateKey']);
    expect(report.findings).toMatchObject([{ code: 'yaml-fault' }]);
    expect(textOf(report)).toContain(`5 |     ${'*'.repeat(A.length)}\n`);
    expect(textOf(report)).toContain(`6 |     ${'*'.repeat(A.length)}\n`);
  });

  test('keys that are secrets are not shown, however long', async () => {
    const url = `https://discord.com/api/webhooks/123456789012345678/${A}ab`;
    for (const [name, text] of [
      ['a.json', JSON.stringify({ [url]: 1, [A.slice(0, 9)]: 2 })],
      ['a.yaml', `"${url}": 1\nb: 2\n`],
      ['a.toml', `"${url}" = 1\nb = 2\n`],
    ] as const)
      expect(JSON.stringify(await inspect(text, name)), name).not.toContain(A.slice(0, 12));
  });

  test('the place of a fault is the same with and without one', async () => {
    const report = await inspect(`{"password": "hunter22",\n "b": tru}`, 'a.json');
    expect(findingOf(report, 'json-unexpected-character')).toEqual({ line: 2, column: 7 });
    expect(textOf(report)).toContain('"password": "********"');
  });
});
