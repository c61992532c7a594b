import { markup } from '../../answers/words.ts';
import { defineLogKind } from '../kind.ts';
import { memberChanged } from '../member-made.ts';

/** Somebody has another picture, everywhere or in this server. Discord tells of it in no audit log. */
export default defineLogKind({
  group: 'members',
  packets: {
    GUILD_MEMBER_UPDATE(event, known) {
      const { cdn } = known.client.rest;
      const { id } = event.user;
      const own = (hash: string | null) => (hash === null ? undefined : shown(hash, cdn.avatar(id, hash)));
      const here = (hash: string | null) =>
        hash === null ? undefined : shown(hash, cdn.guildMemberAvatar(event.guild_id, id, hash));
      return memberChanged(event, known, {
        title: 'eventLogs.titles.avatar',
        fields: [
          ['eventLogs.what.avatar', ({ userAvatar }) => own(userAvatar)],
          ['eventLogs.what.serverAvatar', ({ avatar }) => here(avatar)],
        ],
      });
    },
  },
});

/** Under the first letters of what Discord calls it. */
function shown(hash: string, url: string) {
  return markup(`[${hash.slice(0, 8)}](${url})`);
}
