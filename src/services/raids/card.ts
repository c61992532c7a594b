import type { Context } from '../../context.ts';
import { type RaidDeed, raidDeeds } from '../../db/raid-deeds.ts';
import { type Raid, type Raider, raidersOf } from '../../db/raids.ts';
import type { Key } from '../../lib/i18n.ts';
import { createdAt, snowflakeTime } from '../../lib/snowflake.ts';
import type { Answer, Button, Part } from '../answers/answer.ts';
import { lasting, list, mention, type Said, t, timestamp } from '../answers/words.ts';

import { type RAID_BUTTONS, raidButtonId, UNDOES } from './buttons.ts';
import { guardWords } from './guard-words.ts';
import { MOST_RAIDERS } from './list.ts';

/** So many are shown. */
const SHOWN = 10;

/** A raid as moderators see it: how many, since when, what they have in common, and the first of them. */
export async function raidCard(raid: Raid, context: Pick<Context, 'db' | 'now'>): Promise<Answer> {
  const { db } = context;
  const guard = await guardWords(raid, context);
  const raiders = await raidersOf(db, raid.id, MOST_RAIDERS);
  const deeds = await raidDeeds(db, raid.id);
  const rest = raid.count - Math.min(SHOWN, raiders.length);
  return {
    tone: deeds.length > 0 ? 'warning' : 'bad',
    title: t('raids.card.title', { count: raid.count }),
    parts: [
      {
        kind: 'fields',
        fields: [
          [t('raids.card.since'), timestamp(raid.beganAt)],
          [t('raids.card.last'), timestamp(raid.lastAt)],
          ...agesOf(raiders),
          ...(guard ? [[t('raids.guard.label'), guard.words] as const] : []),
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
      ...deedsOf(deeds),
      { kind: 'buttons', buttons: buttonsOf(raid, deeds, guard?.holds === true) },
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

/** What was done about it, by whom, and how far that is. */
function deedsOf(deeds: readonly RaidDeed[]): readonly Part[] {
  if (deeds.length === 0) return [];
  const lines = deeds.map(({ kind, actor, state, done, undone, total }) => {
    const said = { who: mention('user', actor), done: String(done), total: String(total) };
    const line = t(`raids.deeds.${kind}.${state === 'running' ? 'running' : 'over'}` as Key, said); // a test reads every one
    return undone > 0 ? list([line, t('raids.deeds.undone', { count: undone })]) : line;
  });
  const kicked = deeds.some(({ kind, done }) => kind === 'kick' && done > 0);
  return [
    { kind: 'lines', title: t('raids.deeds.title'), lines },
    ...(kicked ? [{ kind: 'small', text: t('raids.deeds.forGood') } as const] : []),
  ];
}

function buttonsOf({ id, guard }: Raid, deeds: readonly RaidDeed[], holds: boolean): readonly Button[] {
  const undoable = (['untimeout', 'unban'] as const).filter((how) =>
    deeds.some(({ kind, done, undone }) => kind === UNDOES[how] && done > undone),
  );
  const button = (name: keyof typeof RAID_BUTTONS, style?: 'danger' | 'success'): Button => ({
    label: t(`raids.buttons.${name}`),
    customId: raidButtonId(name, id),
    ...(style && { style }),
  });
  return [
    ...(['timeout', 'kick', 'ban'] as const).map((kind) => button(kind, 'danger')),
    ...undoable.map((how) => button(how, 'success')),
    ...(holds ? [button(guard?.kind === 'lockdown' ? 'unlock' : 'resume', 'success')] : []),
    button('list'),
  ];
}

function raiderLine({ id, name, joinedAt }: Raider): Said {
  return t('raids.card.line', {
    who: mention('user', id),
    name,
    made: timestamp(createdAt(id)),
    joined: timestamp(joinedAt),
  });
}
