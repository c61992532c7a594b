import { ChannelType } from 'discord.js';
import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import type { Named } from '../../services/automod/names.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Form } from '../form.ts';
import { type Entered, labelOf } from './entered.ts';
import { CHANNELS, channelsField, lineField, numberField, pickField, rolesField, spanField } from './fields.ts';
import { draftOf, type RuleDraft, whenOf } from './rule-draft.ts';
import { oneRuleIn } from './rules-file.ts';

/** What Discord takes in one field of a form. */
const LONGEST_JSON = 4_000;

/** A form about a draft. */
export type FormOf = (draft: RuleDraft, customId: string, named: Named) => Form;

export const namesForm: FormOf = ({ head: { name, note, on, points } }, customId) => ({
  customId,
  title: t('automod.form.names'),
  fields: [
    lineField('name', name, { max: 60, required: true }),
    lineField('note', note, { max: 500 }),
    pickField('on', on.length > 1 ? 'both' : (on[0] ?? 'both'), [
      ['both', 'both'],
      ['message', 'message'],
      ['edit', 'edit'],
    ]),
    numberField('points', points),
  ],
});

export function namesOf(entered: Entered): Pick<Rule, 'name' | 'on' | 'points' | 'note'> {
  const on = entered.one('on', ['both', 'message', 'edit']);
  const note = entered.text('note');
  return {
    name: entered.some('name'),
    on: on === 'both' ? ['message', 'edit'] : [on],
    points: entered.number('points', { min: 0, max: 100 }),
    ...(note !== undefined && { note }),
  };
}

export const limitsForm: FormOf = ({ head: { except, cooldown } }, customId, { hasRole, hasChannel }) => ({
  customId,
  title: t('automod.form.limits'),
  fields: [
    rolesField('exceptRoles', except.roles.filter(hasRole), { required: false }),
    channelsField('exceptChannels', except.channels.filter(hasChannel), {
      required: false,
      types: [...CHANNELS, ChannelType.GuildCategory],
    }),
    numberField('rank', except.rank),
    spanField('cooldown', cooldown?.seconds, false),
    pickField('per', cooldown?.per ?? 'member', [
      ['member', 'member'],
      ['channel', 'channel'],
      ['server', 'server'],
    ]),
  ],
});

export function limitsOf(entered: Entered, { except }: Pick<Rule, 'except'>) {
  const seconds = entered.seconds('cooldown', { min: 1, max: 86_400 });
  const per = entered.one('per', ['member', 'channel', 'server']);
  return {
    except: {
      roles: entered.ids('exceptRoles', except.roles),
      channels: entered.ids('exceptChannels', except.channels),
      members: except.members,
      rank: entered.number('rank', { min: 1, max: 10 }),
    },
    ...(seconds !== undefined && { cooldown: { seconds, per } }),
  };
}

/** UserError where the rule is longer than a form takes. */
export const jsonForm: FormOf = (draft, customId) => {
  const text = jsonOf(draft);
  if (text.length > LONGEST_JSON) throw new UserError('automod.form.jsonTooLong');
  const field = { id: 'json', label: labelOf('json'), long: true, max: LONGEST_JSON, value: text };
  return { customId, title: t('automod.form.json'), fields: [field] };
};

/** The draft that the JSON in a form says. UserError with lines and columns where it says none. */
export async function readJson(entered: Entered, signal: AbortSignal, context: Context): Promise<RuleDraft> {
  return draftOf(await oneRuleIn({ text: entered.some('json') }, signal, context));
}

function jsonOf(draft: RuleDraft): string {
  const { name, ...head } = draft.head;
  return JSON.stringify({ name, when: whenOf(draft) ?? { all: [] }, ...head }, null, 2);
}
