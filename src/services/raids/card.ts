import type { Context } from '../../context.ts';
import { type Raid, type Raider, raidersOf } from '../../db/raids.ts';
import { createdAt, snowflakeTime } from '../../lib/snowflake.ts';
import type { Answer } from '../answers/answer.ts';
import { lasting, mention, type Said, t, timestamp } from '../answers/words.ts';

/** So many are shown. */
const SHOWN = 10;
/** All of a raid that is looked at. */
const MOST_RAIDERS = 5_000;

/** A raid as moderators see it: how many, since when, what they have in common, and the first of them. */
export async function raidCard(raid: Raid, { db }: Pick<Context, 'db'>): Promise<Answer> {
  const raiders = await raidersOf(db, raid.id, MOST_RAIDERS);
  const rest = raid.count - Math.min(SHOWN, raiders.length);
  return {
    tone: 'bad',
    title: t('raids.card.title', { count: raid.count }),
    parts: [
      {
        kind: 'fields',
        fields: [
          [t('raids.card.since'), timestamp(raid.beganAt)],
          [t('raids.card.last'), timestamp(raid.lastAt)],
          ...agesOf(raiders),
        ],
      },
      { kind: 'lines', title: t('raids.card.why'), lines: whyOf(raid) },
      {
        kind: 'lines',
        title: t('raids.card.first'),
        lines: [
          ...raiders.slice(0, SHOWN).map(raiderLine),
          ...(rest > 0 ? [t('raids.card.more', { count: rest })] : []),
        ],
      },
    ],
  };
}

/** The youngest and the oldest account. */
function agesOf(raiders: readonly Raider[]) {
  const made = raiders.map(({ id }) => snowflakeTime(id)).sort((a, b) => a - b);
  const [oldest, youngest] = [made.at(0), made.at(-1)];
  if (oldest === undefined || youngest === undefined) return [];
  const words = t('raids.card.between', {
    oldest: timestamp(new Date(oldest)),
    youngest: timestamp(new Date(youngest)),
  });
  return [[t('raids.card.made'), words] as const];
}

/** Why they are taken for one cluster. */
function whyOf({ alike, count, beganAt, lastAt }: Raid): readonly Said[] {
  const spanMs = Math.max(1_000, lastAt.getTime() - beganAt.getTime());
  const shared = (['names', 'avatars', 'ages'] as const).flatMap((what) =>
    alike[what] > 0 ? [t(`raids.why.${what}`, { count: Math.min(alike[what], count) })] : [],
  );
  const gap = t('raids.why.gap', { count, span: lasting(Math.round(spanMs / 1_000) * 1_000) });
  return shared.length > 0 ? [gap, ...shared] : [gap, t('raids.why.nothing')];
}

function raiderLine({ id, name, joinedAt }: Raider): Said {
  return t('raids.card.line', {
    who: mention('user', id),
    name,
    made: timestamp(createdAt(id)),
    joined: timestamp(joinedAt),
  });
}
