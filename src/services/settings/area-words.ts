import type { Guild } from 'discord.js';
import type { Key } from '../../lib/i18n.ts';
import { sayZone } from '../../lib/time/offsets.ts';
import { clip, code, list, mention, type Said, t, type Words } from '../answers/words.ts';
import type { Property } from './property-form.ts';

/** Of a text more is not shown. */
const LONGEST_SHOWN = 200;
/** Of a list more are not named. */
const MOST_SHOWN = 12;

type Labelled = Pick<Property, 'area' | 'name'>;

/** How people call a setting. */
export function labelOf({ area, name }: Labelled): Said {
  return t(`settings.areas.${area}.${name}.label` as Key); // a test reads every one
}

/** What a setting does, in a sentence. */
export function aboutOf({ area, name }: Labelled): Said {
  return t(`settings.areas.${area}.${name}.about` as Key); // a test reads every one
}

/** One of the values that a setting can have. */
export function choiceWords({ area, name }: Labelled, value: string): Said {
  return t(`settings.areas.${area}.${name}.choices.${value}` as Key); // a test reads every one
}

/** A setting with its area, where several areas are spoken of. */
export function inArea(labelled: Labelled): Said {
  return t('settings.inArea', { area: t(`settings.names.${labelled.area}`), label: labelOf(labelled) });
}

/** What a setting has, as people read it. What it names that is gone is said to be. */
export function valueWords(property: Property, value: unknown, guild: Guild | null): Words {
  if (value === undefined) return t('settings.none');
  if (Array.isArray(value)) return listed(value.map((one) => itemWords(property, one, guild)));
  if (typeof value === 'object' && value !== null)
    return listed(Object.entries(value).map((entry) => itemWords(property, entry, guild)));
  return itemWords(property, value, guild);
}

/** What is one of several in a list, or stands for itself. An entry of names and values is given as both. */
export function itemWords(property: Property, item: unknown, guild: Guild | null): Words {
  const { form, schema } = property;
  if (Array.isArray(item)) {
    const [key, value] = item.map(String);
    return t('settings.pair', {
      key: keyWords(schema.keys, key ?? '', guild),
      value: clip(value ?? '', LONGEST_SHOWN),
    });
  }
  if (typeof item === 'object' && item !== null) return code(clip(Object.values(item).join(' '), LONGEST_SHOWN));
  const text = String(item);
  switch (form.kind) {
    case 'channel':
    case 'channels':
      return placeWords('channel', text, guild);
    case 'role':
    case 'roles':
      return placeWords('role', text, guild);
    case 'yesNo':
      return t(item === true ? 'settings.yes' : 'settings.no');
    case 'number':
      return Number(item).toLocaleString('en');
    case 'zone':
      return sayZone(text);
    case 'choice':
    case 'choices':
      return choiceWords(property, text);
    default:
      return clip(text, LONGEST_SHOWN);
  }
}

function keyWords(keys: unknown, key: string, guild: Guild | null): Words {
  if (keys === 'role' || keys === 'channel') return placeWords(keys, key, guild);
  return keys === 'person' ? mention('user', key) : key;
}

function placeWords(of: 'channel' | 'role', id: string, guild: Guild | null): Words {
  const there = (of === 'channel' ? guild?.channels : guild?.roles)?.cache.has(id) ?? false;
  return there ? mention(of, id) : t(`settings.gone.${of}`, { id });
}

function listed(words: readonly Words[]): Words {
  if (words.length === 0) return t('settings.nothing');
  const more = words.length - MOST_SHOWN;
  return list(more > 0 ? [...words.slice(0, MOST_SHOWN), t('settings.more', { count: more })] : words);
}
