import { MARK_BEGIN, MARK_END } from '../db/archive-search.ts';
import { clip, escapeMarkdown, type Markup, markup } from '../services/answers/words.ts';

const PIECES = new RegExp(`${MARK_BEGIN}([^${MARK_END}]*)${MARK_END}|([^${MARK_BEGIN}]+)`, 'g');

/** What somebody wrote, on one line, with what was found in bold; nothing where there is no text. */
export function markedWords(text: string, longest: number): Markup | undefined {
  let room = longest;
  let said = '';
  for (const [, found, around = ''] of text.replaceAll(/\s+/g, ' ').trim().matchAll(PIECES)) {
    if (room <= 1) break;
    const piece = clip(found ?? around, room);
    room -= piece.length;
    // An address is no link here, where nobody sees who wrote it before they press.
    const escaped = escapeMarkdown(piece).replaceAll('://', ':\\//');
    said += found === undefined ? escaped : `**${escaped}**`;
  }
  return said === '' ? undefined : markup(said);
}
