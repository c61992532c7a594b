import { short } from '../short-text.ts';
import { webAddress } from '../web-address.ts';

export interface Example {
  readonly what: string;
  readonly command: string;
}

/** A page, with nothing of its marks left. */
export interface Parsed {
  readonly title: string;
  readonly about: string[];
  /** Where to read more. */
  readonly more?: string;
  readonly examples: Example[];
}

const MOST_ABOUT = 6;
const MOST_EXAMPLES = 10;
const LONGEST_LINE = 300;
const LONGEST_COMMAND = 500;
const LINK = /<(https?:\/\/[^<>\s]{1,500})>/;

/** Reads a page line by line: `#` title, `>` what it is, `-` an example, and in backticks its command. */
export function parsePage(text: string): Parsed {
  let title = '';
  let more: string | undefined;
  const about: string[] = [];
  const examples: Example[] = [];
  let what = '';
  for (const line of text.split('\n')) {
    const rest = line.slice(1).trim();
    const link = LINK.exec(rest)?.[1];
    if (line.startsWith('# ')) title = short(rest, 100);
    else if (line.startsWith('>') && link !== undefined) more ??= webAddress(link);
    else if (line.startsWith('>') && about.length < MOST_ABOUT) about.push(short(rest, LONGEST_LINE));
    else if (line.startsWith('- ')) what = short(rest.replace(/:$/, ''), LONGEST_LINE);
    else if (line.startsWith('`') && examples.length < MOST_EXAMPLES) {
      examples.push({ what, command: short(readable(line.trim().replace(/^`|`$/g, '')), LONGEST_COMMAND) });
    }
  }
  return { title, about, ...(more !== undefined && { more }), examples };
}

/** `{{path}}` is to be filled in: `<path>`. Of `{{[-f|--file]}}` the one in words is kept. `\{\{` stands for itself. */
function readable(command: string): string {
  return command
    .slice(0, 2 * LONGEST_COMMAND)
    .replaceAll(/\{\{\[([^|\]{}]*)\|([^\]{}]*)\]\}\}/g, '$2')
    .replaceAll(/\{\{((?:[^{}]|\{[^{}]*\})*)\}\}/g, '<$1>')
    .replaceAll('\\{\\{', '{{')
    .replaceAll('\\}\\}', '}}');
}
