import type { Context } from '../../context.ts';
import { itemsOf, type MassItem, type MassRun } from '../../db/mass-runs.ts';
import { createdAt } from '../../lib/snowflake.ts';
import type { Attached } from '../answers/answer.ts';
import { type Reader, renderPlain, t, type Words } from '../answers/words.ts';

/** A file is at most so large: less than any server's limit of uploads. */
const MOST_BYTES = 8_000_000;

/** What became of each item, or what was deleted, as a file of one line or paragraph each. */
export async function listOf(run: MassRun, { db, i18n, settings }: Context): Promise<Attached> {
  const { language: locale } = await settings.of(run.guild, 'general');
  const reader = { i18n, locale };
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let size = 0;
  let left = 0;
  const add = (text: string): boolean => {
    const part = encoder.encode(text);
    if (size + part.byteLength > MOST_BYTES) return false;
    parts.push(part);
    size += part.byteLength;
    return true;
  };
  for await (const item of itemsOf(db, run.id)) {
    // In their order: once one does not fit, none of those after it is in the file.
    if (left > 0 || !add(run.kind === 'purge' ? messageOf(item, reader) : lineOf(item, reader))) left++;
  }
  if (left > 0) parts.push(encoder.encode(`${renderPlain(t('mass.cut', { count: left }), reader)}\n`));
  const name = run.kind === 'purge' ? 'deleted-messages.txt' : `mass-${run.kind}.txt`;
  return { name, bytes: joined(parts) };
}

function lineOf({ target, name, outcome, why, case: number }: MassItem, reader: Reader): string {
  const state = renderPlain(t(`mass.outcomes.${outcome ?? 'untried'}`), reader);
  const reason = why === null ? '' : `: ${renderPlain(why as Words, reader)}`; // as it was stored when it was settled
  const own = number === null ? '' : renderPlain(t('mass.case', { number }), reader);
  return `${[target, flat(name), `${state}${flat(reason)}`, own].filter((part) => part !== '').join('\t')}\n`;
}

function messageOf({ target, name, note, outcome }: MassItem, reader: Reader): string {
  const state = outcome === null ? ` (${renderPlain(t('mass.outcomes.untried'), reader)})` : '';
  return `${createdAt(target).toISOString()} ${flat(name)}${state}\n${note ?? ''}\n\n`;
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').toWellFormed();
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
