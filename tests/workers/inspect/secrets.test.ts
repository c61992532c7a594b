import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../../src/workers/inspect/secrets.ts';
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
    'at 12:30:15 in C:\\Users\\me\\token.txt, key: value, keyboard: qwerty123456',
  ])('there is none in %j', (text) => {
    expect(maskSecrets(text)).toEqual({ text, kinds: [] });
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
      for (const [kind, secret] of SECRETS.filter(([, secret]) => /^[\w-]+(?:[.:][\w-]+)*$/.test(secret))) {
        const { kinds, text } = maskSecrets(`for ${before}${secret} here`);
        expect([secret, kinds]).toEqual([secret, [kind]]);
        expect(text).toBe(`for ${before}${'*'.repeat(secret.length)} here`);
      }
    },
  );

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
  ])('a long line of %s is looked through once', ([, piece]) => {
    let ticks = 0;
    const text = piece.repeat(Math.ceil(2_000_000 / piece.length));
    expect(maskSecrets(text, () => ticks++).text).toHaveLength(text.length);
    expect(ticks).toBeLessThan(9);
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

  test('names in archives are masked as well', async () => {
    const report = await inspect(zipSync({ [`${github}.txt`]: new Uint8Array(3) }), 'a.zip');
    expect(JSON.stringify(report)).not.toContain(A.slice(0, 8));
  });

  test('a list of them is said to be what it may be', async () => {
    const list = Array.from({ length: 30 }, (_, at) => `password=hunter${at}x`).join('\n');
    expect(findingOf(await inspect(list), 'many-secrets')).toEqual({ count: 30 });
    expect(findingOf(await inspect('password=hunter22'), 'many-secrets')).toBeUndefined();
  });

  test('the place of a fault is the same with and without one', async () => {
    const report = await inspect(`{"password": "hunter22",\n "b": tru}`, 'a.json');
    expect(findingOf(report, 'json-unexpected-character')).toEqual({ line: 2, column: 7 });
    expect(textOf(report)).toContain('"password": "********"');
  });
});
