import type { Action, Rule } from '../../workers/rules/schema.ts';
import { clip, lasting, list, mention, type Reader, renderPlain, type Said, t, type Words } from '../answers/words.ts';
import { rankWords } from '../permissions/words.ts';
import { RULE_ACTIONS } from './actions.ts';
import { conditionWords } from './condition-words.ts';
import { channelWords, goneIn, type Named, roleWords } from './names.ts';

const SECOND_MS = 1_000;

/** A rule but for its id, as presets have them and as it is while somebody makes one. */
export type RuleBody = Omit<Rule, 'id'>;

/** What a rule looks for, as a sentence. */
export function whenWords({ on, when }: Pick<Rule, 'on' | 'when'>, named: Named): Said {
  const [first, second] = on;
  const kind = second === undefined ? (first ?? 'message') : 'both';
  return t(`automod.when.kinds.${kind}`, { what: conditionWords(when, named) });
}

/** Letters of a condition where it is one of many. */
const LONGEST_OF_MANY = 160;

/** The same where it stands among others: cut, and without its markup, where it is long. */
export function shortWhenWords(rule: Pick<Rule, 'on' | 'when'>, named: Named, reader: Reader): Words {
  const whole = whenWords(rule, named);
  const plain = renderPlain(whole, reader).replaceAll('`', '');
  return plain.length > LONGEST_OF_MANY ? clip(plain, LONGEST_OF_MANY) : whole;
}

/** What a rule does, or would do if it only observes. */
export function thenWords({ actions, points }: Pick<Rule, 'actions' | 'points'>, named: Named): Words {
  const deeds = actions.map((action) => actionWords(action, named));
  const all = points > 0 ? [...deeds, t('automod.then.points', { count: points })] : deeds;
  return all.length === 0 ? t('automod.then.nothing') : list(all);
}

/** A whole rule in plain words, as the fields of a card. */
export function ruleFields(rule: RuleBody, named: Named): readonly (readonly [Words, Words])[] {
  const { enabled, mode, cooldown, note } = rule;
  const exempt = exceptWords(rule.except, named);
  const gone = goneIn(rule, named);
  return [
    [t('automod.card.state'), t(`automod.states.${enabled ? mode : 'off'}`)],
    [t('automod.card.when'), whenWords(rule, named)],
    [t('automod.card.then'), thenWords(rule, named)],
    [t('automod.card.except'), list(exempt)],
    ...(cooldown
      ? [
          [
            t('automod.card.cooldown'),
            t(`automod.card.per.${cooldown.per}`, { span: lasting(cooldown.seconds * SECOND_MS) }),
          ] as const,
        ]
      : []),
    ...(note ? [[t('automod.card.note'), note] as const] : []),
    ...(gone.length > 0
      ? [
          [
            t('automod.card.broken'),
            list(gone.map(({ kind, name }) => t(`automod.gone.${kind}`, { id: name, name }))),
          ] as const,
        ]
      : []),
  ];
}

function exceptWords({ roles, channels, members, rank }: Rule['except'], named: Named): readonly Words[] {
  return [
    ...(rank <= 10 ? [t('automod.card.rank', { rank: rankWords(rank) })] : []),
    ...roles.map((id) => roleWords(id, named)),
    ...channels.map((id) => channelWords(id, named)),
    ...members.map((id) => mention('user', id)),
  ];
}

/** What an action does, to go on with others after a comma. */
export function actionWords(action: Action, named: Named): Said {
  return RULE_ACTIONS[action.do].words(action, named);
}
