import type { ListChange } from '../../../../../db/automod-lists.ts';
import { say } from '../../../../../services/answers/answer.ts';
import { code, mention, type Said, t, timestamp } from '../../../../../services/answers/words.ts';
import { listName } from '../../../../../services/automod/lists.ts';
import { offerLists } from '../../../../automod/list-choice.ts';
import { listUndo, listUndoComponent } from '../../../../automod/list-undo.ts';
import { AUTOMOD_RULES } from '../../../../automod/rights.ts';
import { defineCommand } from '../../../../define.ts';
import { text } from '../../../../options.ts';

const SHOWN = 15;

/** Who changed which list, and when; the last of it can be taken back. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { list: text({ optional: true, min: 1, max: 64, autocomplete: offerLists }) },
  components: [listUndoComponent],
  async run({ interaction, options: { list } }, { automodLists }) {
    const asked = { limit: SHOWN, ...(list !== undefined && { name: listName(list) }) };
    const changes = await automodLists.changes(interaction.guildId ?? '0', asked);
    const [last] = changes;
    if (!last) return say(asked.name === undefined ? 'automod.words.history.none' : 'automod.words.history.noneOf');
    return {
      tone: 'info',
      title: t('automod.words.history.title'),
      parts: [{ kind: 'points', points: changes.map(lineOf) }, ...(last.undoable ? [listUndo(last.id)] : [])],
    };
  },
});

function lineOf({ at, by, name, undoes, before, after, entriesBefore, entriesAfter }: ListChange): Said {
  const kind = undoes !== null ? 'undo' : before === null ? 'made' : after === null ? 'removed' : 'changed';
  return t(`automod.words.history.${kind}`, {
    when: timestamp(at),
    who: by === null ? '-' : mention('user', by),
    name: code(name),
    before: entriesBefore ?? '?',
    after: entriesAfter ?? (after === null ? 0 : '?'),
  });
}
