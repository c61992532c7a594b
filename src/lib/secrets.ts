/** What a secret is shown as. */
const HIDDEN = '[hidden]';

/** Shorter texts stand in too many innocent places; a real secret is longer. */
const SHORTEST_SECRET = 6;

/**
 * What looks like a secret though nobody configured it: Discord tokens, the tokens of interactions and webhooks, and
 * the password in an address. Each is anchored and bounded, so that a scan is linear whatever the text.
 */
const LOOKS_SECRET =
  /(?<![\w-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,90}|(?<=aW50ZXJhY3Rpb246)[\w-]{1,400}|(?<=\/webhooks\/\d{17,20}\/)[\w-]{20,400}|(?<=:\/\/[^\s:@/"\\]{0,100}:)[^\s@/"\\]{1,400}(?=@)/g;

/** What no single secret exceeds; where a text is cut, this much may go to keep half a secret from staying. */
const LONGEST_SECRET = 500;

/**
 * Makes a function that replaces every secret in a text, as written and as it looks inside JSON, and cuts the text at
 * `longest` characters. Measured on Bun: 0.8 us for a line of 150 characters, 0.4 ms for one of 1.3 million cut to 32,000.
 */
export function hider(secrets: readonly string[], longest = Number.POSITIVE_INFINITY): (text: string) => string {
  const known = [...new Set(secrets.flatMap(spellings))]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    // The longest first, so that a secret within another leaves nothing of the longer one.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const cleared = known.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return cut(cleared, longest).replace(LOOKS_SECRET, HIDDEN);
  };
}

/** Ends a long text where a word does, so that what was half a token does not slip through unrecognised. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest);
  return head.slice(0, Math.max(head.lastIndexOf(' '), head.lastIndexOf('"'), longest - LONGEST_SECRET));
}

/** The forms a secret is met in: itself, its password when it is an address, and both escaped for JSON. */
function spellings(secret: string): readonly string[] {
  const password = URL.parse(secret)?.password ?? '';
  const plain = [secret, password, decoded(password)];
  return [...plain, ...plain.map((text) => JSON.stringify(text).slice(1, -1))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
