import type { Findings } from '../findings.ts';
import type { Links } from '../links.ts';

const DDE = /^\s{0,100}"?DDE(?:AUTO)?\b/i;
const HYPERLINK = /^\s{0,100}HYPERLINK\s{1,100}(?:\\[a-z]\s{1,100}){0,3}"?([^"\s]{1,2000})/i;
const INCLUDED =
  /^\s{0,100}(INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|INCLUDE)\b.{0,200}?"?((?:https?:|ftp:|file:|\\\\)[^"\s]{1,1000})/i;

/** What a field of a text document does: runs something, leads somewhere, fetches something. */
export function judgeField(code: string, shown: string, findings: Findings, links: Links): void {
  if (DDE.test(code)) findings.add('dde', 'dangerous', { command: code });
  const [, target] = HYPERLINK.exec(code) ?? [];
  if (target) links.add(target, shown);
  const [, how, source] = INCLUDED.exec(code) ?? [];
  if (!how || !source) return;
  const isPicture = how.toUpperCase() === 'INCLUDEPICTURE';
  findings.add(isPicture ? 'remote-picture' : 'remote-object', isPicture ? 'careful' : 'dangerous', { link: source });
}

const [BEGIN, SEPARATE, END] = ['\u0013', '\u0014', '\u0015'];
const MOST_FIELDS = 5_000;
const LONGEST = 2_000;

/** Fields of older documents stand between marks in the text, one byte a letter or two. */
export function judgeOldFields(text: string, findings: Findings, links: Links): void {
  let at = text.indexOf(BEGIN);
  for (let count = 0; at !== -1 && count < MOST_FIELDS; count++) {
    const next = text.indexOf(BEGIN, at + 1);
    const stop = Math.min(next === -1 ? text.length : next, at + LONGEST);
    const [code = '', rest = ''] = text
      .slice(at + 1, stop)
      .replaceAll('\0', '')
      .split(SEPARATE);
    judgeField(code.split(END)[0] ?? '', rest.split(END)[0] ?? '', findings, links);
    at = next;
  }
}
