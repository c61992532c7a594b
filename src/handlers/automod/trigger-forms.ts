import { ChannelType } from 'discord.js';
import { UserError } from '../../services/answers/user-error.ts';
import { listName } from '../../services/automod/lists.ts';
import type { Named } from '../../services/automod/names.ts';
import { LONGEST_TERM, MOST_NAMED, MOST_OWN_TERMS } from '../../workers/rules/limits.ts';
import type { TriggerOf, TriggerType } from '../../workers/rules/schema.ts';
import type { AnyField } from '../form.ts';
import type { Entered } from './entered.ts';
import { channelsField, lineField, listField, numberField, pickField, rolesField, spanField } from './fields.ts';

/** How a trigger is filled in: its form, with what it holds or what makes sense for most, and how that is read. */
export interface Shape<T> {
  readonly fields: (held: T | undefined, named: Named) => readonly AnyField[];
  readonly read: (entered: Entered, held: T | undefined) => T;
}

type Counted = 'lines' | 'length' | 'emoji' | 'stickers' | 'spoilers';
const YES_NO = [
  ['no', 'no'],
  ['yes', 'yes'],
] as const;
const HOURS = { min: 1, max: 87_600 } as const;

function counted<T extends Counted>(type: T, usual: number, max: number): Shape<TriggerOf<T>> {
  return {
    fields: (held) => [numberField('over', held?.over ?? usual)],
    read: (entered) =>
      ({
        type,
        over: entered.number('over', { min: type === 'lines' || type === 'length' ? 1 : 0, max }),
      }) as TriggerOf<T>, // each of these has `over` alone
  };
}

function ofAge<T extends 'account-age' | 'joined'>(type: T, usualHours: number): Shape<TriggerOf<T>> {
  return {
    fields: (held) => [spanField('under', (held?.underHours ?? usualHours) * 3_600)],
    read: (entered) => ({ type, underHours: entered.hours('under', HOURS) }) as TriggerOf<T>, // both have that alone
  };
}

/** Every trigger there is something to say of. What is not here has no values. */
export const TRIGGER_FORMS: { readonly [T in TriggerType]?: Shape<TriggerOf<T>> } = {
  words: {
    fields: (held) => [
      listField('terms', held?.terms),
      lineField('list', held?.list, { max: 32 }),
      pickField('match', held?.match ?? 'word', [
        ['word', 'word'],
        ['part', 'part'],
      ]),
      pickField('leet', held?.leet ? 'yes' : 'no', YES_NO),
      listField('except', held?.except),
    ],
    read(entered) {
      const bounds = { most: MOST_OWN_TERMS, longest: LONGEST_TERM };
      const [terms, except] = [entered.texts('terms', bounds), entered.texts('except', bounds)];
      const typed = entered.text('list');
      const list = typed === undefined ? undefined : listName(typed);
      if (terms.length === 0 && list === undefined) throw new UserError('automod.form.noWords');
      return {
        type: 'words',
        ...(list !== undefined && { list }),
        ...(terms.length > 0 && { terms }),
        match: entered.one('match', ['word', 'part']),
        ...(entered.one('leet', ['yes', 'no']) === 'yes' && { leet: true }),
        ...(except.length > 0 && { except }),
      };
    },
  },
  pattern: {
    fields: (held) => [
      { ...lineField('source', held?.source, { max: 1_000, required: true }), long: true },
      pickField('case', held?.ignoreCase === false ? 'no' : 'yes', [
        ['yes', 'anyCase'],
        ['no', 'sameCase'],
      ]),
      pickField('of', held?.of ?? 'canonical', [
        ['canonical', 'canonical'],
        ['original', 'original'],
      ]),
    ],
    read: (entered, held) => ({
      type: 'pattern',
      source: entered.some('source'),
      ignoreCase: entered.one('case', ['yes', 'no']) === 'yes',
      of: entered.one('of', ['canonical', 'original']),
      engine: held?.engine ?? 'linear',
    }),
  },
  link: {
    fields: (held) => [
      pickField('which', held?.which ?? 'any', [
        ['any', 'linkAny'],
        ['outside', 'linkOutside'],
        ['listed', 'linkListed'],
        ['masked', 'linkMasked'],
        ['lookalike', 'linkLookalike'],
      ]),
      listField('domains', held?.domains),
    ],
    read(entered, held) {
      const which = entered.one('which', ['any', 'listed', 'masked', 'lookalike', 'outside']);
      const domains = entered.texts('domains', { most: MOST_NAMED, longest: 253 }).map(bareDomain);
      const list = held?.list; // named in JSON alone
      if (which === 'outside' && domains.length === 0 && list === undefined)
        throw new UserError('automod.form.noDomains');
      return {
        type: 'link',
        which,
        ...(domains.length > 0 && { domains }),
        ...(list !== undefined && { list }),
      };
    },
  },
  invite: {
    fields: (held) => [listField('allow', held?.allow)],
    read(entered) {
      const allow = entered.texts('allow', { most: MOST_NAMED, longest: 100 });
      const odd = allow.find((id) => !/^\d{17,20}$/.test(id));
      if (odd !== undefined) throw new UserError('automod.form.noServer', { text: odd });
      return { type: 'invite', allow };
    },
  },
  capitals: {
    fields: (held) => [numberField('percent', held?.percent ?? 70), numberField('least', held?.least ?? 15)],
    read: (entered) => ({
      type: 'capitals',
      percent: entered.number('percent', { min: 1, max: 100 }),
      least: entered.number('least', { min: 1, max: 1_000 }),
    }),
  },
  repeats: {
    fields: (held) => [numberField('times', held?.times ?? 12)],
    read: (entered) => ({ type: 'repeats', times: entered.number('times', { min: 3, max: 1_000 }) }),
  },
  lines: counted('lines', 20, 1_000),
  length: counted('length', 1_500, 4_000),
  emoji: counted('emoji', 12, 1_000),
  stickers: counted('stickers', 1, 3),
  spoilers: counted('spoilers', 5, 100),
  mentions: {
    fields: (held) => [
      numberField('over', held?.over ?? 5),
      pickField('of', held?.of ?? 'all', [
        ['all', 'mentionsAll'],
        ['users', 'mentionsUsers'],
        ['roles', 'mentionsRoles'],
      ]),
    ],
    read: (entered) => ({
      type: 'mentions',
      over: entered.number('over', { min: 0, max: 100 }),
      of: entered.one('of', ['users', 'roles', 'all']),
    }),
  },
  files: {
    fields: (held) => [numberField('over', held?.over ?? 0), listField('types', held?.types)],
    read(entered) {
      const given = entered.texts('types', { most: MOST_NAMED, longest: 13 });
      const types = given.map((type) => type.toLowerCase().replace(/^\*?\./, ''));
      const odd = types.find((type) => !/^[a-z0-9]{1,12}$/.test(type));
      if (odd !== undefined) throw new UserError('automod.form.noEnding', { text: odd });
      return { type: 'files', over: entered.number('over', { min: 0, max: 10 }), ...(types.length > 0 && { types }) };
    },
  },
  file: {
    fields: (held) => [
      pickField('verdict', held?.verdict ?? 'dangerous', [
        ['dangerous', 'dangerous'],
        ['careful', 'careful'],
      ]),
    ],
    read: (entered) => ({ type: 'file', verdict: entered.one('verdict', ['careful', 'dangerous']) }),
  },
  flood: {
    fields: (held) => [
      numberField('copies', held?.copies ?? 3),
      spanField('seconds', held?.seconds ?? 30),
      pickField('by', held?.by ?? 'author', [
        ['author', 'byAuthor'],
        ['anyone', 'byAnyone'],
      ]),
    ],
    read: (entered) => ({
      type: 'flood',
      copies: entered.number('copies', { min: 2, max: 50 }),
      seconds: entered.span('seconds', { min: 1, max: 3_600 }),
      by: entered.one('by', ['author', 'anyone']),
    }),
  },
  rate: {
    fields: (held) => [numberField('messages', held?.messages ?? 6), spanField('seconds', held?.seconds ?? 5)],
    read: (entered) => ({
      type: 'rate',
      messages: entered.number('messages', { min: 2, max: 100 }),
      seconds: entered.span('seconds', { min: 1, max: 600 }),
    }),
  },
  'account-age': ofAge('account-age', 7 * 24),
  joined: ofAge('joined', 24),
  role: {
    fields: (held, { hasRole }) => [rolesField('roles', (held?.any ?? []).filter(hasRole))],
    read: (entered, held) => ({ type: 'role', any: entered.ids('roles', held?.any) }),
  },
  channel: {
    fields: (held, { hasChannel }) => [channelsField('channels', (held?.any ?? []).filter(hasChannel))],
    read: (entered, held) => ({ type: 'channel', any: entered.ids('channels', held?.any) }),
  },
  category: {
    fields: (held, { hasChannel }) => [
      channelsField('categories', (held?.any ?? []).filter(hasChannel), { types: [ChannelType.GuildCategory] }),
    ],
    read: (entered, held) => ({ type: 'category', any: entered.ids('categories', held?.any) }),
  },
};

/** What people paste for a domain. */
function bareDomain(text: string): string {
  return text
    .replace(/^https?:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/^\*?\.|^www\./i, '')
    .toLowerCase();
}
