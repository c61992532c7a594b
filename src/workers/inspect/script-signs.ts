import type { Finding } from './report.ts';

/** More of one script is not searched. Bytes. */
export const MOST_OF_SCRIPT = 200_000;

/** Fetched and run in one line: what comes is decided when it is run, by somebody else. */
const DOWNLOADS =
  /(?:curl|wget)\b[^\n|]{0,300}\|\s{0,9}(?:sudo\s{1,9})?(?:ba|z|da)?sh\b|\biex\b[^\n]{0,300}(?:download|iwr|irm|invoke-(?:web|rest))|(?:iwr|irm|downloadstring|invoke-webrequest)\b[^\n]{0,300}\biex\b|\b(?:certutil|bitsadmin)\b[^\n]{0,200}https?:|\bmshta\b[^\n]{0,100}https?:|exec\(\s{0,9}requests\.get/i;
const HIDES =
  /-e(?:nc|ncodedcommand)?\s{1,9}["']?[a-z0-9+/=]{40}|frombase64string\(|\b(?:exec|eval)\s{0,9}\(\s{0,9}(?:base64|atob|zlib|marshal|codecs|compile\(|buffer\.from|__import__)|base64\s{1,9}(?:-d|--decode)\b[^\n]{0,200}\|\s{0,9}(?:ba|z|da)?sh\b/i;

/** What a script does that honest ones rarely do. */
export function signsOf(text: string): Finding[] {
  const start = text.slice(0, MOST_OF_SCRIPT);
  return [
    ...(DOWNLOADS.test(start) ? [{ code: 'script-download', level: 'dangerous', params: {} } as const] : []),
    ...(HIDES.test(start) ? [{ code: 'script-hidden', level: 'dangerous', params: {} } as const] : []),
  ];
}
