import { describe, expect, test } from 'vitest';
import { filesBelow, readSource } from './sources.ts';

/** A folder, the list that names every file of it, and how the list spells the entry of a file. */
interface Listed {
  readonly folder: string;
  readonly list: string;
  readonly ending?: string;
  /** `path` is the file's path within the folder without its ending, `variable` what it was imported as. */
  readonly entry: (path: string, variable: string) => string;
}

const byPath = (path: string, variable: string) =>
  /\W/.test(path) ? `'${path}': ${variable},` : `${path}: ${variable},`;

const LISTS: readonly Listed[] = [
  { folder: 'src/handlers/commands', list: 'src/handlers/commands.ts', entry: byPath },
  { folder: 'src/handlers/events', list: 'src/handlers/events.ts', entry: byPath },
  { folder: 'src/scheduler/jobs', list: 'src/scheduler/jobs.ts', entry: byPath },
  { folder: 'src/scheduler/timers', list: 'src/scheduler/timers.ts', entry: byPath },
  {
    folder: 'src/services/automod/actions',
    list: 'src/services/automod/actions.ts',
    entry: (path, variable) => (path === variable ? `  ${path},` : byPath(path, variable)),
  },
  { folder: 'src/services/moderation/actions', list: 'src/services/moderation/actions.ts', entry: byPath },
  {
    folder: 'src/services/logs/kinds',
    list: 'src/services/logs/kinds.ts',
    entry: (path, variable) => (path === variable ? `  ${path},` : byPath(path, variable)),
  },
  { folder: 'src/services/settings/presets', list: 'src/services/settings/presets.ts', entry: byPath },
  { folder: 'src/workers/tasks', list: 'src/workers/worker.ts', entry: (path) => `${camelCase(path)},` },
  {
    folder: 'src/workers/rules/triggers',
    list: 'src/workers/rules/looks.ts',
    entry: (path, variable) => (path.includes('-') ? `'${path}': ${variable},` : `  ${path},`),
  },
  { folder: 'src/workers/errands', list: 'src/workers/errands.ts', entry: (path) => `${camelCase(path)},` },
  {
    folder: 'src/db/migrations',
    list: 'src/db/migrate.ts',
    ending: '.sql',
    entry: (path, variable) => `{ name: '${path}', sql: ${variable} }`,
  },
];

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The files a list imports from its folder, by their path within it, and the variable each becomes. */
function importedFrom(folder: string, source: string, ending: string): ReadonlyMap<string, string> {
  const start = `./${folder.split('/').at(-1)}/`;
  const imports = [...source.matchAll(/^import (\w+) from '([^']+)'/gm)].map(([, variable = '', from = '']) => ({
    variable,
    from,
  }));
  return new Map(
    imports
      .filter(({ from }) => from.startsWith(start))
      .map(({ variable, from }) => [from.slice(start.length, -ending.length), variable]),
  );
}

describe.each(LISTS)('$list', ({ folder, list, ending = '.ts', entry }) => {
  test('names every file of its folder once, in order', async () => {
    const files = (await filesBelow(folder, ending))
      .map((path) => path.slice(folder.length + 1, -ending.length))
      .sort();
    // A folder that is still empty needs no list.
    const source = files.length > 0 ? await readSource(list) : '';
    const imported = importedFrom(folder, source, ending);
    expect([...imported.keys()].sort()).toEqual(files);
    const places = files.map((path) => {
      const [before, ...after] = source.split(entry(path, imported.get(path) ?? ''));
      expect(after, `${list} has one line for ${path}`).toHaveLength(1);
      return before?.length ?? 0;
    });
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});
