import { textOf } from '../changes.ts';
import { defineLogKind } from '../kind.ts';
import { memberChanged } from '../member-made.ts';

/** Somebody is called something else everywhere. */
export default defineLogKind({
  group: 'members',
  packets: {
    GUILD_MEMBER_UPDATE: (event, known) =>
      memberChanged(event, known, {
        title: 'eventLogs.titles.name',
        fields: [
          ['eventLogs.what.username', ({ username }) => username],
          ['eventLogs.what.displayName', ({ displayName }) => textOf(displayName)],
        ],
      }),
  },
});
