import type { Segment } from '../../workers/diff/diff-words.ts';
import { clip, escapeMarkdown, mention, type Reader, render, renderPlain, type Words } from '../answers/words.ts';
import { listed } from './changes.ts';
import type { Changed, LogEntry } from './entry.ts';
import type { Drawn } from './item.ts';

/** What one entry may take of a message: several fit in one. */
const LONGEST_SHOWN = 1_200;
const LONGEST_VALUE = 300;
const LONGEST_LINE = 500;

/** An entry as it stands in a message, as Discord markdown. Nobody's text in it makes anything but text. */
export function shownOf(entry: LogEntry, { difference, lost = [] }: Drawn, reader: Reader): string {
  const { title, said, link, changes = [], before, after } = entry;
  const { t } = reader.i18n;
  const { locale } = reader;
  const parts = [
    `**${t(title, {}, locale)}**`,
    clip(render(said, reader), LONGEST_LINE),
    ...byWhom(entry).map((words) => render(words, reader)),
    ...(link === undefined ? [] : [`[${t('eventLogs.jump', {}, locale)}](${link})`]),
    `<t:${Math.floor(entry.at / 1_000)}:T>`,
  ];
  const gone = lost.length === 0 ? [] : listed('eventLogs.what.filesLost', lost);
  const lines = [...changes, ...gone].map((one) => render(changeWords(one), reader));
  const texts = difference
    ? [withDifference(difference)]
    : [
        ...(before === undefined ? [] : [labelled('eventLogs.before', before, reader)]),
        ...(after === undefined ? [] : [labelled('eventLogs.after', after, reader)]),
      ];
  const below = [...lines, ...texts].map((text) => `> ${text.replaceAll('\n', '\n> ')}`);
  return clip([parts.join(' · '), ...below].join('\n'), LONGEST_SHOWN);
}

/** The same as lines of a file, which begin with when it was. */
export function plainOf(entry: LogEntry, reader: Reader): string {
  const { title, said, changes = [], before, after, messages = [] } = entry;
  const { t } = reader.i18n;
  const parts = [
    `${new Date(entry.at).toISOString()} ${t(title, {}, reader.locale)}`,
    renderPlain(said, reader),
    ...byWhom(entry).map((words) => renderPlain(words, reader)),
  ];
  const lines = changes.map((one) => renderPlain(changeWords(one), reader));
  const text = (key: 'eventLogs.before' | 'eventLogs.after', own: string | undefined) =>
    own === undefined ? [] : [`${t(key, {}, reader.locale)} ${own}`];
  const texts = [...text('eventLogs.before', before), ...text('eventLogs.after', after)];
  return [parts.join(' · '), ...lines, ...texts, ...deletedLines(messages)].join('\n');
}

/** Deleted messages as lines of a file. */
export function deletedLines(messages: NonNullable<LogEntry['messages']>): readonly string[] {
  return messages.map(({ id, author, authorName = '?', text, files = [] }) => {
    const who = author === undefined ? '?' : `${authorName} (${author})`;
    return [`[${id}] ${who}: ${text ?? '?'}`, ...files.map((name) => `+ ${name}`)].join('\n');
  });
}

function byWhom({ actor, reason, unclaimed }: LogEntry): readonly Words[] {
  if (actor === undefined) return [];
  if (actor === null && unclaimed === 'silent') return [];
  if (actor === null) return [{ key: unclaimed === 'author' ? 'eventLogs.byAuthor' : 'eventLogs.byUnknown' }];
  const by: Words = { key: 'eventLogs.by', params: { who: mention('user', actor) } };
  return reason ? [by, { key: 'eventLogs.reason', params: { reason: clip(reason, LONGEST_VALUE) } }] : [by];
}

function changeWords({ what, from, to }: Changed): Words {
  if (from === undefined && to === undefined) return { key: 'eventLogs.changed', params: { what } };
  if (from === undefined) return { key: 'eventLogs.changedTo', params: { what, to: to ?? '' } };
  if (to === undefined) return { key: 'eventLogs.changedFrom', params: { what, from } };
  return { key: 'eventLogs.changedFromTo', params: { what, from, to } };
}

function labelled(key: 'eventLogs.before' | 'eventLogs.after', text: string, reader: Reader): string {
  return `${reader.i18n.t(key, {}, reader.locale)} ${escapeMarkdown(text)}`;
}

/** What is gone struck out, what is new bold; line by line, since Discord's signs reach no further. */
function withDifference(segments: readonly Segment[]): string {
  return segments
    .map(({ kind, text }) =>
      text
        .split('\n')
        .map((line) => marked(kind, line))
        .join('\n'),
    )
    .join('');
}

function marked(kind: Segment['kind'], line: string): string {
  const bare = line.trim();
  if (kind === 'same' || bare === '') return escapeMarkdown(line);
  const sign = kind === 'gone' ? '~~' : '**';
  const lead = line.slice(0, line.length - line.trimStart().length);
  const trail = line.slice(line.trimEnd().length);
  return `${lead}${sign}${escapeMarkdown(bare)}${sign}${trail}`;
}
