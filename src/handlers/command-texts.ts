import type { I18n, Key } from '../lib/i18n.ts';

/**
 * The catalogue keys of a command's texts follow from its name, so the compiler cannot know them;
 * a missing one is refused at start, and a test builds them all.
 */
export function commandText(i18n: I18n, ...path: readonly string[]): Key {
  const key = path.join('.').replaceAll(' ', '.');
  if (!i18n.has(key)) throw new Error(`the catalogue lacks ${key}`);
  return key;
}

/** `commands.ping.description`, `commands.config.general.description`. */
export function descriptionKey(i18n: I18n, name: string): Key {
  return commandText(i18n, 'commands', name, 'description');
}
