import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeLink } from '../../../src/lib/links/judge.ts';

const codes = (target: string, shown?: string) =>
  judgeLink(target, shown).findings.map(({ code, level }) => `${code} ${level}`);

describe('addresses that nothing speaks against', () => {
  test.each([
    'https://discord.com/channels/1/2',
    'https://cdn.discordapp.com/attachments/1/2/cat.png',
    'https://discord.gg/abc',
    'https://store.steampowered.com/app/1',
    'https://steamcommunity.com/id/someone',
    'https://someone.github.io/page',
    'https://raw.githubusercontent.com/a/b/main/README.md',
    'https://www.google.de/search?q=1',
    'https://docs.google.com/document/d/1',
    'https://amazon.co.uk/dp/1',
    'https://stream.example.org',
    'https://gitlab.com/a/b',
    'https://switch.org',
    'https://müller.de/über',
    'https://пример.рф/',
    'https://例え.jp/',
    'https://example.com:8443/a.js',
    'https://shopify.com',
    'mailto:someone@example.org',
    'https://web.archive.org/web/2020/https://paypal.com',
    'example.org/path',
    'https://learn.microsoft.com',
    'https://en.wikipedia.org/wiki/Node.js',
  ])('%s', (url) => {
    expect(codes(url)).toEqual([]);
  });
});

describe('addresses that something speaks against', () => {
  test.each([
    ['https://dіscord.com/login', 'link-lookalike dangerous'], // Cyrillic і
    ['https://xn--dscord-pvf.com/login', 'link-lookalike dangerous'],
    ['https://d1scord.com', 'link-lookalike dangerous'],
    ['https://discorcl.com', 'link-lookalike dangerous'],
    ['https://dis-cord.com', 'link-lookalike dangerous'],
    ['https://discord.tk', 'link-lookalike dangerous'],
    ['https://rnicrosoft.com', 'link-lookalike dangerous'],
    ['https://paypaI.com', 'link-lookalike dangerous'],
    ['https://gíthub.com', 'link-lookalike dangerous'],
    ['https://discord-nitro.example', 'link-lookalike dangerous'],
    ['https://free-steam-gift.example', 'link-lookalike dangerous'],
    ['https://discordgift.example', 'link-lookalike dangerous'],
    ['https://discord-bots.example', 'link-brand careful'],
    ['https://steamcomunnity.com', 'link-near careful'],
    ['https://githud.com', 'link-near careful'],
    ['https://disocrd.com', 'link-near careful'],
    ['https://paypal.com.evil.example/login', 'link-before dangerous'],
    ['https://steamcommunity.com.evil.example', 'link-before dangerous'],
    ['https://discord.com-login.evil.example', 'link-before dangerous'],
    ['https://discord-nitro.evil.example', 'link-brand careful'],
    ['https://gifts.discord-free.evil.example', 'link-brand careful'],
    ['https://bаnk.example', 'link-alphabets careful'], // Cyrillic а
    ['https://discord.com@evil.example/', 'link-credentials dangerous'],
    ['https://user:word@evil.example/', 'link-credentials careful'],
    ['http://0x7f.1/', 'link-address careful'],
    ['http://[::1]/', 'link-address careful'],
    ['http://2130706433/', 'link-address careful'],
    ['https://evil.example:4444/', 'link-port careful'],
    ['https://bit.ly/abc', 'link-shortener careful'],
    ['javascript:alert(1)', 'link-scheme dangerous'],
    ['ms-msdt:/id', 'link-scheme dangerous'],
    ['file://host/share/x', 'link-scheme dangerous'],
    ['steam://run/1', 'link-scheme careful'],
    ['https://evil.example/cat.png.exe', 'link-program careful'],
    ['https://evil.example/\u202egnp.x', 'link-hidden dangerous'],
    ['https://www.google.com/url?q=https%3A%2F%2Fd1scord.com%2F', 'link-lookalike dangerous'],
  ])('%s', (url, finding) => {
    expect(codes(url)).toEqual([finding]);
  });
});

describe('links that are shown as something else', () => {
  test.each([
    ['https://evil.example/', 'https://discord.com/nitro'],
    ['https://evil.example/', 'discord.com'],
    ['https://evil.example/', 'www.paypal.com/login '],
    ['https://evil.github.io/', 'https://someone.github.io/'],
    ['https://www.google.com/url?q=https%3A%2F%2Fevil.example', 'https://wikipedia.org'],
    ['https://evil.example/', 'Click: discord.com/nitro'],
    ['https://evil.example/', 'Your gift is waiting at discord.com/gift, take it'],
    ['https://evil.example/', '\u{1f381} discord.com/gift'],
    ['https://evil.example/', '\u{1f381}\ufe0fdiscord.com'],
    ['https://evil.example/', 'Go to discord.com!'],
    ['https://evil.example/', 'Log in here \u2192 discord.com (official site)'],
    ['https://evil.example/', 'See https://user:name@paypal.com/ for more'],
    ['https://evil.example/', 'as www.paypal.com says in its rules'],
    ['https://evil.example/', 'disc\u200eord.com'],
    ['https://evil.example/', 'dis\u200bcord\u00ad.\u2060com/nitro'],
    ['https://evil.example/', `${'\u200b'.repeat(1_000)}discord.com`],
    ['https://evil.example/', 'discord\u3002com'],
    ['https://evil.example/', 'discord\uff0ecom/nitro'],
    ['https://evil.example/', 'discord\uff61com'],
    ['https://evil.example/', '\uff44\uff49\uff53\uff43\uff4f\uff52\uff44.com'],
    ['https://evil.example/', '//discord.com/nitro'],
    ['https://evil.example/', 'DISCORD.COM'],
    ['https://evil.example/', 'Click: discord.com/nitro or evil.example'],
  ])('%s shown as %s', (url, shown) => {
    expect(codes(url, shown)).toContain('link-masked dangerous');
  });

  test.each([
    ['https://discord.com/nitro', 'https://discord.com/nitro'],
    ['https://www.discord.com/nitro', 'discord.com'],
    ['https://example.org/README.md', 'README.md'],
    ['https://example.org/', 'main.rs'],
    ['https://example.org/', 'click here'],
    ['https://example.org/', 'Version 1.2.3'],
    ['mailto:someone@example.org', 'example.com'],
    ['https://www.google.com/url?q=https%3A%2F%2Fexample.org', 'https://example.org'],
    ['https://discord.com/nitro', '\u{1f381} Click: dis\u200bcord\u3002com/nitro'],
    ['https://example.org/', 'see chapter 3.2'],
    ['https://example.org/', 'node.js'],
    ['https://example.org/', 'How to use Node.js and Vue.js'],
    ['https://example.org/', 'report.pdf'],
    ['https://example.org/', 'Download: report.pdf (2.3 MB)'],
    ['https://example.org/', 'archive.tar.gz'],
    ['https://example.org/', 'src/main.rs and docs/README.md'],
    ['https://example.org/', 'ASP.NET'],
    ['https://example.org/', 'Learn ASP.NET'],
    ['https://example.org/', 'Using System.IO in C#'],
    ['https://example.org/', 'Hello.World'],
    ['https://example.org/', 'Why the discord.com outage of last week took so long'],
    ['https://example.org/', 'mail someone@discord.com'],
    ['https://example.org/', 'e.g. this, i.e. that, 10 a.m./p.m.'],
    ['https://example.org/', '10.12.2024: minutes'],
    ['https://github.com/socketio/socket.io', 'github.com/socketio/socket.io'],
  ])('%s shown as %s is as it says', (url, shown) => {
    expect(codes(url, shown)).not.toContain('link-masked dangerous');
  });

  test('says both domains', () => {
    expect(judgeLink('https://login.evil.co.uk/x', 'https://www.discord.com/x').findings).toEqual([
      { code: 'link-masked', level: 'dangerous', params: { shown: 'discord.com', domain: 'evil.co.uk' } },
    ]);
  });
});

test('any text at all is judged, with bounded words about it', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('https://', 'xn--', '.', '@', ':', '/', 'discord', '\u202e', '%', '..'),
  );
  fc.assert(
    fc.property(
      fc.array(part).map((all) => all.join('')),
      fc.string({ unit: 'binary' }),
      (target, shown) => {
        for (const { params } of judgeLink(target, shown).findings) {
          for (const value of Object.values(params)) expect(value.length).toBeLessThanOrEqual(253);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('addresses of any length cost about the same', () => {
  const long = 'a'.repeat(1_000_000);
  const labels = 'paypal.'.repeat(100_000);
  const hyphens = 'discord-'.repeat(100_000);
  for (const host of [long, labels, hyphens]) {
    expect(judgeLink(`https://${host}/`, `https://${host}.com`).url.length).toBeLessThanOrEqual(2_048);
  }
});
