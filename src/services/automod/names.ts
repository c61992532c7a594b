import type { Guild } from 'discord.js';
import { triggersOf } from '../../workers/rules/late.ts';
import type { Condition, Rule } from '../../workers/rules/schema.ts';
import { code, mention, t, type Words } from '../answers/words.ts';

/** What rules name beside themselves, as far as it is there. */
export interface Named {
  readonly hasRole: (id: string) => boolean;
  readonly hasChannel: (id: string) => boolean;
  readonly hasList: (name: string) => boolean;
}

/** Something that a rule names and that is gone. */
export interface Gone {
  readonly kind: 'role' | 'channel' | 'list';
  readonly name: string;
}

/** Where it is not known what there is, nothing is said to be gone. */
export function namedIn(guild: Guild | null | undefined): Named {
  return {
    hasRole: (id) => guild?.roles.cache.has(id) ?? true,
    hasChannel: (id) => guild?.channels.cache.has(id) ?? true,
    hasList: () => true,
  };
}

export function roleWords(id: string, { hasRole }: Named): Words {
  return hasRole(id) ? mention('role', id) : t('automod.gone.role', { id });
}

export function channelWords(id: string, { hasChannel }: Named): Words {
  return hasChannel(id) ? mention('channel', id) : t('automod.gone.channel', { id });
}

export function listWords(name: string, { hasList }: Named): Words {
  return t(hasList(name) ? 'automod.when.list' : 'automod.gone.list', { name: code(name) });
}

/** What a rule looks for or acts with and is not there any more, each once: it never matches there. */
export function goneIn(rule: Pick<Rule, 'when' | 'actions'>, named: Named): readonly Gone[] {
  const all = [...namedByCondition(rule.when), ...rule.actions.flatMap(namedByAction)];
  const gone = all.filter(({ kind, name }) => !isThere(kind, name, named));
  return [...new Map(gone.map((one) => [`${one.kind} ${one.name}`, one])).values()];
}

function isThere(kind: Gone['kind'], name: string, { hasRole, hasChannel, hasList }: Named): boolean {
  return { role: hasRole, channel: hasChannel, list: hasList }[kind](name);
}

function namedByCondition(condition: Condition): readonly Gone[] {
  return triggersOf(condition).flatMap((trigger): readonly Gone[] => {
    switch (trigger.type) {
      case 'words':
      case 'link':
        return trigger.list === undefined ? [] : [{ kind: 'list', name: trigger.list }];
      case 'role':
        return trigger.any.map((name) => ({ kind: 'role', name }));
      case 'channel':
      case 'category':
        return trigger.any.map((name) => ({ kind: 'channel', name }));
      default:
        return [];
    }
  });
}

function namedByAction(action: Rule['actions'][number]): readonly Gone[] {
  if (action.do === 'add-role' || action.do === 'remove-role') return [{ kind: 'role', name: action.role }];
  return action.do === 'alert' && action.channel !== undefined ? [{ kind: 'channel', name: action.channel }] : [];
}
