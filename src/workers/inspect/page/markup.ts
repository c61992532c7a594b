import { Tokenizer } from 'htmlparser2';
import type { Budget } from '../budget.ts';

/** An element as it opens; names are in small letters and without their prefixes. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

interface Handlers {
  readonly open: (tag: Tag) => void;
  readonly close: (name: string) => void;
  /** Text between tags, what stands in a script too; in pieces. */
  readonly text: (text: string) => void;
  /** What stands between `<?` and `>`. */
  readonly instruction: (text: string) => void;
}

/** In characters: the clock is looked at between two pieces. */
const PIECE = 65_536;
const MOST_ATTRIBUTES = 500;
const LONGEST_NAME = 100;

/**
 * Reads HTML as forgivingly as browsers do, or XML, from front to back. Only the library's tokenizer is used: its parser
 * looks for each closing tag among all that are open, which a stranger can make as many as they like.
 */
export function readMarkup(text: string, form: 'html' | 'xml', budget: Budget, handlers: Handlers): void {
  const now = { tag: '', name: '', value: '', attributes: new Map<string, string>() };
  const opened = () => handlers.open({ name: now.tag, attributes: now.attributes });
  const tokenizer = new Tokenizer(
    { xmlMode: form === 'xml', decodeEntities: true },
    {
      onopentagname(start, end) {
        now.tag = local(text.slice(start, end));
        now.attributes = new Map();
      },
      onattribname(start, end) {
        now.name = local(text.slice(start, end));
        now.value = '';
      },
      onattribdata(start, end) {
        now.value += text.slice(start, end);
      },
      onattribentity(codepoint) {
        now.value += String.fromCodePoint(codepoint);
      },
      onattribend() {
        // Of two attributes of one name the first one counts.
        if (now.attributes.size < MOST_ATTRIBUTES && !now.attributes.has(now.name))
          now.attributes.set(now.name, now.value);
      },
      onopentagend: opened,
      onselfclosingtag() {
        opened();
        if (form === 'xml') handlers.close(now.tag);
      },
      onclosetag: (start, end) => handlers.close(local(text.slice(start, end))),
      ontext: (start, end) => handlers.text(text.slice(start, end)),
      ontextentity: (codepoint) => handlers.text(String.fromCodePoint(codepoint)),
      oncdata: (start, end, offset) => handlers.text(text.slice(start, end - offset)),
      onprocessinginstruction: (start, end) => handlers.instruction(text.slice(start, end)),
      oncomment() {},
      ondeclaration() {},
      onend() {},
    },
  );
  for (let at = 0; at < text.length; at += PIECE) {
    budget.checkTime();
    tokenizer.write(text.slice(at, at + PIECE));
  }
  tokenizer.end();
}

function local(name: string): string {
  const short = name.slice(0, LONGEST_NAME);
  return short.slice(short.indexOf(':') + 1).toLowerCase();
}
