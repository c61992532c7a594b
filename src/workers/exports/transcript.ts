import type { Layout } from './layout.ts';
import { type MessageRow, momentOf } from './messages.ts';

/** What a transcript says beside the messages, in the language of whoever asked. */
export interface TranscriptWords {
  readonly language: string;
  readonly title: string;
  /** That times are those of UTC. */
  readonly times: string;
  readonly edited: string;
  readonly deleted: string;
  /** What stands before what a message said earlier. */
  readonly earlier: string;
  readonly channelGone: string;
}

/** Messages of the same author stand together unless there is so much time between. Milliseconds. */
const TOGETHER_MS = 7 * 60_000;
const HUES = 12;
/** Names by which people are mentioned, of those whose messages are in the file. */
const MOST_NAMES = 10_000;

/**
 * Messages to be read, in a file that needs no network: no picture, no script, no font comes from anywhere, and the page's own
 * policy forbids it. In place of pictures stand the first letters of names.
 */
export function transcript(channels: ReadonlyMap<string, string>, words: TranscriptWords): Layout<MessageRow> {
  const names = new Map<string, string>();
  let before: { readonly row: MessageRow; readonly at: number } | undefined;
  return {
    extension: 'html',
    begin() {
      before = undefined;
      return head(words);
    },
    row(row) {
      const at = momentOf(row.message_id).getTime();
      if (names.size < MOST_NAMES) names.set(row.author_id, row.author_name);
      const day = new Date(at).toISOString().slice(0, 10);
      const moved = before?.row.channel_id !== row.channel_id || new Date(before.at).toISOString().slice(0, 10) !== day;
      const joined = !moved && before?.row.author_id === row.author_id && at - before.at < TOGETHER_MS;
      before = { row, at };
      const where = channels.get(row.channel_id);
      const heading = moved
        ? `<h2>${where === undefined ? escaped(words.channelGone) : `#${escaped(where)}`} · ${day}</h2>\n`
        : '';
      return `${heading}${joined ? '' : authorLine(row, at)}${message(row, { channels, names, words })}`;
    },
    end: () => '</main></body></html>\n',
  };
}

const STYLE = `body{font:16px/1.4 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1e1f22;background:#fff}
h2{font-size:1rem;border-bottom:1px solid #ccc;margin:2rem 0 .5rem}
.w{display:flex;gap:.5rem;align-items:center;margin-top:.8rem}.w time{color:#666;font-size:.8rem}
.a{width:2rem;height:2rem;border-radius:50%;color:#fff;display:flex;align-items:center;justify-content:center;font-size:.8rem}
.m{margin-left:2.5rem;white-space:pre-wrap;overflow-wrap:anywhere}.m small{color:#666;white-space:pre-wrap}.d{text-decoration:line-through}
${Array.from({ length: HUES }, (_, hue) => `.h${hue}{background:hsl(${(hue * 360) / HUES} 45% 40%)}`).join('')}
@media(prefers-color-scheme:dark){body{color:#dbdee1;background:#1e1f22}h2{border-color:#444}.w time,.m small{color:#aaa}}`;

function head({ language, title, times }: TranscriptWords): string {
  return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>${STYLE}</style></head><body><h1>${escaped(title)}</h1><p>${escaped(times)}</p><main>
`;
}

function authorLine({ author_id: id, author_name: name }: MessageRow, at: number): string {
  const hue = Number(BigInt(id) % BigInt(HUES));
  const letters = [...name]
    .filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    .slice(0, 2)
    .join('')
    .toUpperCase();
  const time = new Date(at).toISOString();
  return `<div class="w" title="${id}"><span class="a h${hue}" aria-hidden="true">${escaped(letters || '?')}</span><b>${escaped(name)}</b> <time datetime="${time}">${time.slice(11, 16)}</time></div>\n`;
}

interface Known {
  readonly channels: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
  readonly words: TranscriptWords;
}

function message(row: MessageRow, known: Known): string {
  const { words } = known;
  const marks = [...(row.edited_at ? [words.edited] : []), ...(row.deleted_at ? [words.deleted] : [])];
  const notes = [
    ...(row.files ?? []).map(({ name, size }) => `📎 ${name} (${kilobytes(size)})`),
    ...(marks.length > 0 ? [marks.join(', ')] : []),
    ...(row.earlier ?? []).map(
      ({ until, body }) => `${words.earlier} ${until.slice(0, 16).replace('T', ' ')}: ${body}`,
    ),
  ];
  const small = notes.map((note) => `\n<small>${escaped(note)}</small>`).join('');
  const body = escaped(readable(row.body, known));
  return `<div class="m" id="m${row.message_id}">${row.deleted_at ? `<span class="d">${body}</span>` : body}${small}</div>\n`;
}

/** Mentions by name, as Discord shows them. */
function readable(body: string, { channels, names }: Known): string {
  if (!body.includes('<')) return body;
  return body.replaceAll(/<(?:@!?(\d+)|#(\d+)|a?:(\w+):\d+)>/g, (whole, person, channel, emoji) => {
    if (emoji !== undefined) return `:${emoji}:`;
    const [sign, name] = person === undefined ? ['#', channels.get(channel)] : ['@', names.get(person)];
    return name === undefined ? whole : `${sign}${name}`;
  });
}

function kilobytes(size: number): string {
  return `${Math.ceil(size / 1_000)} kB`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
