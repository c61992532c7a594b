import type { Key } from '../../../lib/i18n.ts';
import { t } from '../../answers/words.ts';
import type { Counted } from '../../tally/tally.ts';
import type { Section } from '../section.ts';

/** What is told, and how it is counted; one line each. */
const TOLD: readonly (readonly [what: Counted, said: Key])[] = [
  ['pictures-deleted', 'reports.moderation.picturesDeleted'],
  ['pictures-reported', 'reports.moderation.picturesReported'],
  ['secrets-warned', 'reports.moderation.secretsWarned'],
  ['self-timeouts', 'reports.moderation.selfTimeouts'],
];

/** What the bot has done to keep order. */
const moderation: Section = {
  alone: true,
  async gather({ guild, day }, { tally }) {
    const counts = await tally.ofDay(guild, day);
    const lines = TOLD.flatMap(([what, said]) => {
      const count = counts.get(what) ?? 0;
      return count === 0 ? [] : [t(said, { count })];
    });
    return lines.length === 0 ? undefined : { lines };
  },
};

export default moderation;
