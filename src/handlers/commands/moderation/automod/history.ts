import { ruleChanges } from '../../../../db/automod-rules.ts';
import { list, mention, type Said, t, timestamp } from '../../../../services/answers/words.ts';
import { kindOfChange, nameIn } from '../../../../services/automod/rule-book.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { undoButton } from '../../../automod/undo.ts';
import { defineCommand } from '../../../define.ts';

const SHOWN = 15;
/** Rules that are named of one change. */
const NAMED = 5;
type Change = Awaited<ReturnType<typeof ruleChanges>>[number];

/** Who changed which rules, and when; the last of it can be taken back. */
export default defineCommand({
  ...AUTOMOD_RULES,
  async run({ interaction }, { db }) {
    const changes = await ruleChanges(db, interaction.guildId ?? '0', { limit: SHOWN });
    const undone = new Set(changes.map(({ undoes }) => undoes));
    const last = changes.find(({ version, undoes }) => undoes === null && !undone.has(version));
    if (changes.length === 0) return { tone: 'info', parts: [{ kind: 'text', text: t('automod.history.none') }] };
    return {
      tone: 'info',
      title: t('automod.history.title'),
      parts: [
        { kind: 'points', points: changes.map((change) => lineOf(change, undone.has(change.version))) },
        ...(last ? [{ kind: 'buttons', buttons: [undoButton(last.version)] } as const] : []),
      ],
    };
  },
});

function lineOf({ at, by, undoes, rules }: Change, undone: boolean): Said {
  // What takes something back is told as what that was.
  const told = rules.map((one) => (undoes === null ? one : { ...one, before: one.after, after: one.before }));
  const named = told.slice(0, NAMED).map((one) => t(`automod.history.${kindOfChange(one)}`, { name: nameIn(one) }));
  const more = rules.length > NAMED ? [t('automod.more', { count: rules.length - NAMED })] : [];
  const kind = undoes !== null ? 'undo' : undone ? 'undone' : 'line';
  return t(`automod.history.${kind}`, {
    when: timestamp(at),
    who: by === null ? '-' : mention('user', by),
    what: list([...named, ...more]),
  });
}
