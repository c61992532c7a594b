import type { Condition, Trigger, TriggerOf } from '../../workers/rules/schema.ts';
import { code, lasting, list, type Said, t, type Words } from '../answers/words.ts';
import { channelWords, listWords, type Named, roleWords } from './names.ts';

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
/** More terms, domains or endings are counted. */
const MOST_SHOWN = 8;

/** What a message does that the condition is about, to go on with after "a message that". */
export function conditionWords(condition: Condition, named: Named): Said {
  if ('type' in condition) return triggerWords(condition, named);
  if ('not' in condition) return t('automod.when.not', { what: inBrackets(condition.not, named) });
  const [join, parts] = 'all' in condition ? (['and', condition.all] as const) : (['or', condition.any] as const);
  const [first, ...rest] = parts;
  if (!first) return t('automod.when.nothing');
  const only = rest.length === 0;
  const begin = only ? conditionWords(first, named) : inBrackets(first, named);
  return rest.reduce<Said>(
    (said, part) => t(`automod.when.${join}`, { first: said, second: inBrackets(part, named) }),
    begin,
  );
}

/** What joins others stands in brackets among others. */
function inBrackets(condition: Condition, named: Named): Said {
  const said = conditionWords(condition, named);
  const joined = ('all' in condition && condition.all.length > 1) || ('any' in condition && condition.any.length > 1);
  return joined ? t('automod.when.group', { what: said }) : said;
}

function triggerWords(trigger: Trigger, named: Named): Said {
  switch (trigger.type) {
    case 'words':
      return wordsWords(trigger, named);
    case 'pattern':
      return patternWords(trigger);
    case 'link':
      return linkWords(trigger, named);
    case 'invite':
      return trigger.allow.length === 0
        ? t('automod.when.invite')
        : t('automod.when.inviteBut', { count: trigger.allow.length });
    case 'capitals':
      return t('automod.when.capitals', { percent: trigger.percent, count: trigger.least });
    case 'repeats':
      return t('automod.when.repeats', { count: trigger.times });
    case 'lines':
    case 'length':
    case 'emoji':
    case 'stickers':
    case 'spoilers':
      return t(`automod.when.${trigger.type}`, { count: trigger.over });
    case 'mentions':
      return t(`automod.when.mentions.${trigger.of}`, { count: trigger.over });
    case 'files':
      return filesWords(trigger);
    case 'file':
      return t(`automod.when.file.${trigger.verdict}`);
    case 'flood': {
      const { copies, seconds, by } = trigger;
      return t(`automod.when.flood.${by}`, { count: copies, span: lasting(seconds * SECOND_MS) });
    }
    case 'rate':
      return t('automod.when.rate', { count: trigger.messages, span: lasting(trigger.seconds * SECOND_MS) });
    case 'account-age':
    case 'joined':
      return t(`automod.when.${trigger.type}`, { span: lasting(trigger.underHours * HOUR_MS) });
    case 'role':
      return t('automod.when.role', { roles: list(trigger.any.map((id) => roleWords(id, named))) });
    case 'channel':
    case 'category':
      return t(`automod.when.${trigger.type}`, { channels: list(trigger.any.map((id) => channelWords(id, named))) });
    default:
      return t(`automod.when.${trigger.type}`);
  }
}

function wordsWords({ list: name, terms = [], match, leet = false, except = [] }: TriggerOf<'words'>, named: Named) {
  const ofList = name === undefined ? [] : [t(`automod.when.words.${match}Of`, { list: listWords(name, named) })];
  const own = terms.length === 0 ? [] : [t(`automod.when.words.${match}`, { terms: list(someOf(terms)) })];
  const [first, second] = [...ofList, ...own];
  let said = first && second ? t('automod.when.or', { first, second }) : (first ?? t('automod.when.nothing'));
  if (leet) said = t('automod.when.leet', { what: said });
  return butFor(said, someOf(except));
}

function patternWords({ source, ignoreCase, of }: TriggerOf<'pattern'>): Said {
  const said = t(of === 'original' ? 'automod.when.patternAsWritten' : 'automod.when.pattern', {
    source: code(source),
  });
  return ignoreCase ? said : t('automod.when.withCapitals', { what: said });
}

function linkWords({ which, domains = [], list: name }: TriggerOf<'link'>, named: Named): Said {
  const ofList = name === undefined ? [] : [listWords(name, named)];
  const these = [...someOf(domains), ...ofList];
  if (which === 'outside') return t('automod.when.link.outside', { domains: list(these) });
  if (which === 'any' && these.length > 0) return t('automod.when.link.to', { domains: list(these) });
  const plain = t(`automod.when.link.${which}`);
  if (which !== 'listed') return butFor(plain, these);
  const [second] = ofList.map((domains) => t('automod.when.link.to', { domains }));
  return butFor(second ? t('automod.when.or', { first: plain, second }) : plain, someOf(domains));
}

function butFor(what: Said, these: readonly Words[]): Said {
  return these.length === 0 ? what : t('automod.when.but', { what, these: list(these) });
}

function filesWords({ over, types = [] }: TriggerOf<'files'>): Said {
  if (types.length === 0) return over === 0 ? t('automod.when.anyFile') : t('automod.when.files', { count: over });
  const these = list(someOf(types.map((type) => `.${type}`)));
  return over === 0 ? t('automod.when.fileOf', { these }) : t('automod.when.filesOf', { count: over, these });
}

function someOf(texts: readonly string[]): readonly Words[] {
  const shown = texts.slice(0, MOST_SHOWN).map(code);
  return texts.length > MOST_SHOWN ? [...shown, t('automod.more', { count: texts.length - MOST_SHOWN })] : shown;
}
