const MOST = 100;
const LONGEST = 500;
/** Addresses looked at: a log may hold the same one a million times. */
const MOST_SEEN = 20_000;

/** Web addresses in a text, at most a hundred, each once. */
export function linksIn(text: string): string[] {
  const found = new Set<string>();
  let at = text.indexOf('://');
  for (let seen = 0; at !== -1 && seen < MOST_SEEN && found.size < MOST; seen++) {
    const scheme = /https?$/i.exec(text.slice(Math.max(0, at - 5), at))?.[0];
    const end = endOf(text, at + 3);
    if (scheme && end > at + 6) found.add(text.slice(at - scheme.length, end).toWellFormed());
    at = text.indexOf('://', Math.max(end, at + 3));
  }
  return [...found];
}

/** `[shown](target)`, as Markdown writes links, on one line; looked for from the `](` on, so that brackets alone cost nothing. */
export function* markdownLinksIn(text: string): Generator<{ readonly target: string; readonly shown: string }, void> {
  let at = text.indexOf('](');
  for (let seen = 0; at !== -1 && seen < MOST_SEEN; seen++, at = text.indexOf('](', at + 2)) {
    const before = text.slice(Math.max(0, at - LONGEST), at);
    const shown = before.slice(before.lastIndexOf('[') + 1).replace(/[*_`]|\\(?=[!-/:-@[-`{-~])/g, '');
    const target = /^<?(https?:\/\/[^\s<>)]{1,2000})/i.exec(text.slice(at + 2, at + 2_010))?.[1];
    if (target && before.includes('[') && !shown.includes('\n')) yield { target: target.toWellFormed(), shown };
  }
}

function endOf(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < LONGEST && !ends(text.charCodeAt(end))) end++;
  while (end > from && '.,;:!?)]}'.includes(text[end - 1] ?? '')) end--;
  return end;
}

/** White space, controls, quotes, angle brackets, backslash, backtick, bar. */
function ends(code: number): boolean {
  return (
    code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 92 || code === 96 || code === 124
  );
}
