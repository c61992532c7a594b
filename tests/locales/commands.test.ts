import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/handlers/commands.ts';
import { definitionsOf } from '../../src/handlers/definitions.ts';
import { createRegistry } from '../../src/handlers/registry.ts';
import { createI18n } from '../../src/lib/i18n.ts';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { TEXTS } from './texts.ts';

type Definition = RESTPutAPIApplicationCommandsJSONBody[number];

/** What a command, a menu, an option and a choice have in common. */
interface Named {
  readonly type?: number;
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null;
  readonly description?: string;
  readonly description_localizations?: Readonly<Record<string, string | null>> | null;
  readonly options?: readonly Named[];
  readonly choices?: readonly Named[];
  readonly value?: string | number;
}

/** Discord's own rule for the names of commands and options. */
const NAME = /^[-_ʼ\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LONGEST_DESCRIPTION = 100;
const LONGEST_CHOICE = 100;
const LARGEST_COMMAND = 8_000;

const i18n = createI18n();
const definitions: readonly Definition[] = definitionsOf(createRegistry(COMMANDS), i18n);
const slash = definitions.filter((one) => 'description' in one) as readonly Named[];
const menus = definitions.filter((one) => !('description' in one)) as readonly Named[];

/** What Discord calls a language that has several kinds: one of them. */
const KINDS: Readonly<Record<string, string>> = { es: 'es-419' };

function localeOf(language: string): string {
  return KINDS[language] ?? language;
}

/** How Discord calls it to somebody whose language this is. */
function nameIn(language: string, { name, name_localizations: names }: Named): string {
  return names?.[localeOf(language)] ?? name;
}

function below(named: Named): readonly Named[] {
  return [named, ...(named.options ?? []).flatMap(below)];
}

function twice(names: readonly string[]): readonly string[] {
  return names.filter((name, at) => names.indexOf(name) !== at);
}

/** Every command of a language by the whole of its name, groups and those with subcommands included. */
function pathsIn(language: string, list: readonly Named[] = slash, before = ''): ReadonlyMap<string, Named> {
  return new Map(
    list.flatMap((one) => {
      const path = `${before}${nameIn(language, one)}`;
      const inside = (one.options ?? []).filter(({ type }) => type === 1 || type === 2);
      return [[path, one] as const, ...pathsIn(language, inside, `${path} `)];
    }),
  );
}

describe.each(LANGUAGES)('the commands in %s', (language) => {
  const all = slash.flatMap(below);
  const paths = pathsIn(language);

  test('have names and descriptions that Discord takes', () => {
    const names = all.map((one) => nameIn(language, one));
    expect(names.filter((name) => !NAME.test(name) || name !== name.toLowerCase())).toEqual([]);
    const descriptions = all.map((one) => one.description_localizations?.[localeOf(language)] ?? one.description ?? '');
    expect(descriptions.filter((text) => text.length < 1 || text.length > LONGEST_DESCRIPTION)).toEqual([]);
    const choices = all.flatMap((one) => one.choices ?? []).map((one) => nameIn(language, one));
    expect(choices.filter((name) => name.length < 1 || name.length > LONGEST_CHOICE)).toEqual([]);
    expect(menus.map((one) => nameIn(language, one)).filter((name) => name.length < 1 || name.length > 32)).toEqual([]);
  });

  test('have names that tell them apart', () => {
    expect(twice(slash.map((one) => nameIn(language, one)))).toEqual([]);
    for (const type of [2, 3])
      expect(twice(menus.filter((one) => one.type === type).map((one) => nameIn(language, one)))).toEqual([]);
    for (const one of all) {
      expect(twice((one.options ?? []).map((option) => nameIn(language, option))), one.name).toEqual([]);
      expect(twice((one.choices ?? []).map((choice) => nameIn(language, choice))), one.name).toEqual([]);
    }
  });

  test('are called by these names where a text speaks of them', () => {
    const wrong = [...TEXTS[language]].flatMap(([key, text]) =>
      spokenOf(text)
        .filter((said) => !isCalled(said, paths))
        .map((said) => `${key}: ${said}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** What a text calls a command: all of a code span that begins with a slash, else the words after one. */
function spokenOf(text: string): readonly string[] {
  const inCode = [...text.matchAll(/`\/([^`]+)`/g)].map(([, said = '']) => said);
  const bare = [
    ...text.replaceAll(/`[^`]*`/g, '').matchAll(/(?<![\p{L}\d</.:])\/(\p{Ll}[\p{L}-]*(?: [\p{Ll}-]+){0,3})/gu),
  ];
  return [...inCode, ...bare.map(([, said = '']) => said)];
}

/** Whether it begins with the whole name of a command; what follows is an option, or the text goes on. */
function isCalled(said: string, paths: ReadonlyMap<string, Named>): boolean {
  const words = said.split(' ');
  const known = words.map((_, at) => words.slice(0, at + 1).join(' ')).filter((path) => paths.has(path));
  const longest = known.at(-1);
  if (longest === undefined) return false;
  const next = words[longest.split(' ').length];
  const named = paths.get(longest);
  // A subcommand in its English name would stand here.
  return next === undefined || !named?.options?.some(({ type, name }) => (type === 1 || type === 2) && name === next);
}

test('no command is larger than Discord takes, in the longest of its languages', () => {
  const longest = (text: string, others: Named['name_localizations']) =>
    Math.max(text.length, ...Object.values(others ?? {}).map((other) => other?.length ?? 0));
  const sizeOf = (one: Named): number =>
    longest(one.name, one.name_localizations) +
    longest(one.description ?? '', one.description_localizations) +
    String(one.value ?? '').length +
    [...(one.options ?? []), ...(one.choices ?? [])].reduce((sum, inside) => sum + sizeOf(inside), 0);
  expect(slash.map((one) => [one.name, sizeOf(one)] as const).filter(([, size]) => size > LARGEST_COMMAND)).toEqual([]);
});
