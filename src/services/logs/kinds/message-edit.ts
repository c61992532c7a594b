import { list, mention, t } from '../../answers/words.ts';
import { isLately } from '../../automod/edits.ts';
import type { Changed, Made } from '../entry.ts';
import { type KeptMessage, keptOf } from '../kept-messages.ts';
import { defineLogKind, type LoggedPackets } from '../kind.ts';
import { linkTo, person } from '../people.ts';

type Edit = LoggedPackets['MESSAGE_UPDATE'];

/** Somebody has changed what they wrote. */
export default defineLogKind({
  group: 'messages',
  packets: {
    MESSAGE_UPDATE(edit, known) {
      const { guild_id: guild = '', channel_id: channel, id, author } = edit;
      // Discord tells of a message again when it has looked at its links, without anybody having changed it.
      if (!isLately(edit, known.now()) || author.id === known.client.user?.id) return undefined;
      const before = known.messages.find(channel, id);
      known.messages.keep(guild, id, keptOf(edit));
      return before instanceof Promise ? before.then((kept) => madeOf(edit, kept)) : madeOf(edit, before);
    },
  },
});

function madeOf(edit: Edit, before: KeptMessage | undefined): Made | undefined {
  const { guild_id: guild = '', channel_id: channel, id, author, member } = edit;
  const after = keptOf(edit);
  const changes = before ? filesTaken(before, after) : [];
  if (before?.text === after.text && changes.length === 0) return undefined;
  return {
    title: 'eventLogs.titles.messageEdited',
    said: t('eventLogs.said.message', { who: person(author.id, author.username), where: mention('channel', channel) }),
    link: linkTo(guild, channel, id),
    about: { user: author.id, bot: author.bot, roles: member?.roles, channel },
    changes,
    ...(before && { before: before.text }),
    after: after.text,
  };
}

function filesTaken(before: KeptMessage, after: KeptMessage): readonly Changed[] {
  const names = new Set(after.files.map(({ name }) => name));
  const gone = before.files.filter(({ name }) => !names.has(name));
  return gone.length === 0 ? [] : [{ what: t('eventLogs.what.filesTaken'), to: list(gone.map(({ name }) => name)) }];
}
