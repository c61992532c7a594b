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
