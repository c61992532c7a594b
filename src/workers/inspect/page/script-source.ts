/** What the scripts of a page do that honest pages seldom do. */
export interface ScriptSigns {
  /** Puts a file together and saves it. */
  readonly saves: boolean;
  /** Has such a file written out in numbers. */
  readonly holdsFile: boolean;
  /** Decodes text and runs it. */
  readonly hides: boolean;
  /** Could send what somebody types. */
  readonly sends: boolean;
  /** Where it leads by itself. */
  readonly leavesFor: readonly string[];
  /** What is written in it in base64, made readable. */
  readonly decoded: string;
}

const MAKES = /\bnew\s{1,9}(?:Blob|File)\b|\bcreateObjectURL\b|\bmsSave(?:OrOpen)?Blob\b/;
const SAVES = /\bmsSave(?:OrOpen)?Blob\b|\.download\b|["'`]download["'`]/;
const DECODES = /\batob\b|\bfromCharCode\b|\bUint8Array\b|\bunescape\b|\bcharCodeAt\b/;
const RUNS_DECODED =
  /\b(?:eval|Function|setTimeout|document\.write(?:ln)?)\s{0,9}\(\s{0,9}(?:window\.|self\.)?(?:atob|unescape|decodeURIComponent|String\.fromCharCode)\b/;
const SENDS =
  /\bfetch\s{0,9}\(|\bXMLHttpRequest\b|\bsendBeacon\b|\$\.(?:ajax|post)\b|\baxios\b|\bemailjs\b|api\.telegram\.org|\/api\/webhooks\//;
/** A Windows program or a ZIP in decimal or hexadecimal numbers. */
const NUMBERS = /\b(?:77, ?90, ?(?:144|128|80|0)|80, ?75, ?3, ?4|0x4d, ?0x5a|0x50, ?0x4b, ?0x0?3)\b/i;
const LEAVES =
  /\blocation(?:\.href)?\s{0,9}(?:=|\.(?:replace|assign)\s{0,9}\()\s{0,9}["'`]((?:https?:)?\/\/[^"'`\s]{1,2000})/g;
const ENCODED = /\batob\s{0,9}\(\s{0,9}["'`]([A-Za-z0-9+/=]{8,4000})["'`]/g;
const MOST = 20;

/** Judges source by what it calls; it is never run. */
export function signsOf(source: string): ScriptSigns {
  const decoded = source
    .matchAll(ENCODED)
    .take(MOST)
    .map(([, text = '']) => Buffer.from(text, 'base64').toString('latin1'));
  return {
    saves: MAKES.test(source) && SAVES.test(source) && DECODES.test(source),
    holdsFile: NUMBERS.test(source),
    hides: RUNS_DECODED.test(source),
    sends: SENDS.test(source),
    leavesFor: [...source.matchAll(LEAVES).take(MOST)].map(([, url = '']) => url),
    decoded: [...decoded].join('\n'),
  };
}
