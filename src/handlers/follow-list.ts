import { Type } from '@sinclair/typebox';
import type { Context } from '../context.ts';
import { followsOf, type ShownFollow } from '../db/follows.ts';
import { type Answer, type Part, say } from '../services/answers/answer.ts';
import { list, mention, t, timestamp, type Words } from '../services/answers/words.ts';
import { defineComponent } from './define.ts';
import type { FollowKind } from './follow-choice.ts';
import { FOLLOW_RULES, shownAddress } from './follow-setting.ts';

const ON_A_PAGE = 8;

/** What a server follows, page by page. */
export function followPages(kind: FollowKind) {
  const turn = defineComponent({
    ...FOLLOW_RULES,
    kind: 'button',
    id: `follows.${kind}`,
    version: 1,
    state: Type.Object({ page: Type.Integer({ minimum: 0, maximum: 1_000 }) }),
    run: ({ interaction, state }, context) => page(interaction.guildId ?? '0', state.page, context),
  });
  const page = async (guild: string, wanted: number, { db }: Context): Promise<Answer> => {
    const follows = await followsOf(db, guild, kind);
    if (follows.length === 0) return say(`follows.none.${kind}`);
    const pages = Math.ceil(follows.length / ON_A_PAGE);
    const at = Math.min(wanted, pages - 1); // some may be gone since the button was made
    const step = (to: number, key: 'earlier' | 'later') => ({
      label: t(`follows.${key}`),
      customId: turn.customId({ page: Math.max(0, to) }),
      disabled: to < 0 || to >= pages,
    });
    const buttons: Part = { kind: 'buttons', buttons: [step(at - 1, 'earlier'), step(at + 1, 'later')] };
    const shown = follows.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE);
    return {
      tone: 'info',
      title: t(`follows.title.${kind}`, { count: follows.length }),
      parts: [{ kind: 'points', points: shown.map(lineOf) }, ...(pages > 1 ? [buttons] : [])],
      next: t(`follows.change.${kind}`),
    };
  };
  return { turn, page };
}

function lineOf(follow: ShownFollow): Words {
  const { title, address, channel, role, sorts } = follow;
  return t('follows.line', {
    title,
    address: shownAddress(address),
    where: mention('channel', channel),
    how: list([
      stateOf(follow),
      ...(sorts === null ? [] : sorts.filter(isSort).map((sort) => t(`follows.sorts.${sort}`))),
      ...(role === null ? [] : [mention('role', role)]),
    ]),
  });
}

function isSort(sort: string): sort is 'releases' | 'issues' | 'pulls' {
  return sort === 'releases' || sort === 'issues' || sort === 'pulls';
}

function stateOf({ paused, failure, checkAt }: ShownFollow): Words {
  if (paused === 'gone' || paused === 'failing' || paused === 'channelGone' || paused === 'channelClosed') {
    return t('follows.state.paused', { why: t(`follows.paused.${paused}`) });
  }
  if (failure !== null) return t('follows.state.failing', { when: timestamp(checkAt) });
  return t('follows.state.well', { when: timestamp(checkAt) });
}
