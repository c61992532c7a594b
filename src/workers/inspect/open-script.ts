import { decode } from './decode.ts';
import { extensionsOf } from './names.ts';
import { openPage } from './open-page.ts';
import { openText } from './open-text.ts';
import type { Opener } from './opener.ts';
import type { Fact, Finding } from './report.ts';
import { cut, safeText } from './safe-text.ts';
import { RUN_BY_WINDOWS } from './scripts.ts';

const SEARCHED = 200_000;
/** Source that people show each other: read far more often than run. */
const SOURCES = 'py rb pl php lua mjs'.split(' ');
const LANGUAGES: Readonly<Record<string, string>> = {
  bat: 'bat',
  cmd: 'bat',
  ps1: 'powershell',
  psm1: 'powershell',
  sh: 'bash',
  bash: 'bash',
  zsh: 'bash',
  py: 'python',
  pyw: 'python',
  js: 'js',
  mjs: 'js',
  jse: 'js',
  vbs: 'vbs',
  vbe: 'vbs',
  rb: 'ruby',
  pl: 'perl',
  php: 'php',
  lua: 'lua',
  hta: 'html',
  reg: 'ini',
};

/** Fetched and run in one line: what comes is decided when it is run, by somebody else. */
const DOWNLOADS =
  /(?:curl|wget)\b[^\n|]{0,300}\|\s{0,9}(?:sudo\s{1,9})?(?:ba|z|da)?sh\b|\biex\b[^\n]{0,300}(?:download|iwr|irm|invoke-(?:web|rest))|(?:iwr|irm|downloadstring|invoke-webrequest)\b[^\n]{0,300}\biex\b|\b(?:certutil|bitsadmin)\b[^\n]{0,200}https?:|\bmshta\b[^\n]{0,100}https?:|exec\(\s{0,9}requests\.get/i;
const HIDES =
  /-e(?:nc|ncodedcommand)?\s{1,9}["']?[a-z0-9+/=]{40}|frombase64string\(|\b(?:exec|eval)\s{0,9}\(\s{0,9}(?:base64|atob|zlib|marshal|codecs|compile\(|buffer\.from|__import__)|base64\s{1,9}(?:-d|--decode)\b[^\n]{0,200}\|\s{0,9}(?:ba|z|da)?sh\b/i;

/** Scripts: their first lines as any text, and what they do that honest ones rarely do. */
export const openScript: Opener = async (opening) => {
  const { bytes, name } = opening;
  const extension = extensionsOf(name)[0] ?? '';
  // Such a page is run as a program, with all that it holds.
  const report = await (extension === 'hta' ? openPage('html') : openText)(opening);
  const decoded = await decode(bytes.subarray(0, SEARCHED));
  const text = decoded.kind === 'text' ? decoded.text : '';
  const run = RUN_BY_WINDOWS.includes(extension);
  const interpreter = /^#!\s{0,9}([^\r\n]{1,200})/.exec(text)?.[1];
  const findings: Finding[] = [
    {
      code: run ? 'script-windows' : 'script',
      level: run ? 'dangerous' : SOURCES.includes(extension) ? 'safe' : 'careful',
      params: {},
    },
    ...(DOWNLOADS.test(text) ? [{ code: 'script-download', level: 'dangerous', params: {} } as const] : []),
    ...(HIDES.test(text) ? [{ code: 'script-hidden', level: 'dangerous', params: {} } as const] : []),
  ];
  const facts: Fact[] = interpreter
    ? [{ label: 'interpreter', code: 'plain', params: { value: safeText(cut(interpreter, 80), 80) } }]
    : [];
  const language = LANGUAGES[extension] ?? '';
  return {
    ...report,
    type: 'script',
    mime: 'text/x-script',
    findings: [...findings, ...report.findings],
    facts: [...facts, ...report.facts],
    previews: report.previews.map((one) => (one.kind === 'text' && one.language === '' ? { ...one, language } : one)),
  };
};
