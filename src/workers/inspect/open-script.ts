import { decode } from './decode.ts';
import { extensionsOf } from './names.ts';
import { openPage } from './open-page.ts';
import { openText } from './open-text.ts';
import type { Opener } from './opener.ts';
import type { Fact, Finding } from './report.ts';
import { cut, safeText } from './safe-text.ts';
import { MOST_OF_SCRIPT, signsOf } from './script-signs.ts';
import { isSource, RUN_BY_WINDOWS } from './scripts.ts';

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

/** Scripts: their first lines as any text, and what they do that honest ones rarely do. */
export const openScript: Opener = async (opening) => {
  const { bytes, name } = opening;
  const extension = extensionsOf(name)[0] ?? '';
  // Such a page is run as a program, with all that it holds.
  const report = await (extension === 'hta' ? openPage('html') : openText)(opening);
  const decoded = await decode(bytes.subarray(0, MOST_OF_SCRIPT));
  const text = decoded.kind === 'text' ? decoded.text : '';
  const run = RUN_BY_WINDOWS.includes(extension);
  const interpreter = /^#!\s{0,9}([^\r\n]{1,200})/.exec(text)?.[1];
  const findings: Finding[] = [
    {
      code: run ? 'script-windows' : 'script',
      level: run ? 'dangerous' : isSource(extension) ? 'safe' : 'careful',
      params: {},
    },
    ...signsOf(text),
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
