import type { Inspection } from '../../workers/tasks/inspect-text.ts';
import type { Answer, Part } from '../answers/answer.ts';
import { code, markup, t, type Words } from '../answers/words.ts';

interface Named {
  readonly name: string;
  readonly size: number;
  readonly contentType: string | null;
}
type What = Inspection['what'];
type Fields = (readonly [Words, Words])[];

const MOST_NAMES = 15;
const DELIMITERS: Readonly<Record<string, string>> = { '\t': 'tab', ',': ',', ';': ';', '|': '|' };

/** One card: what the file is, its shape, a preview, and what to be careful about. */
export function describeInspection(
  file: Named,
  { what, bytes, encoding, lines, longestLine, preview, warnings }: Inspection,
): Answer {
  const fields: Fields = [
    [t('commands.inspect.what'), t(`commands.inspect.kinds.${what.kind}`)],
    [t('commands.inspect.declared'), code(file.contentType ?? '-')],
    [t('commands.inspect.size'), size(bytes)],
  ];
  if (encoding) fields.push([t('commands.inspect.encoding'), encoding]);
  if (lines > 0)
    fields.push([t('commands.inspect.lines'), t('commands.inspect.linesLine', { lines, longest: longestLine })]);
  fields.push(...shape(what));
  const parts: Part[] = [{ kind: 'fields', fields }];
  if (warnings.length > 0) {
    const told = warnings.map((one) => t(`commands.inspect.warnings.${one.code}`));
    parts.push({ kind: 'lines', title: t('commands.inspect.warning'), lines: told });
  }
  if (preview !== '') parts.push({ kind: 'line' }, { kind: 'code', text: preview, language: languageOf(what) });
  return { tone: warnings.length > 0 ? 'warning' : 'info', title: file.name, parts };
}

function shape(what: What): Fields {
  switch (what.kind) {
    case 'empty':
    case 'text':
      return [];
    case 'binary':
      return [
        shapeLine(
          what.mime
            ? t('commands.inspect.shapes.binary', { mime: what.mime })
            : t('commands.inspect.shapes.binaryUnknown'),
        ),
      ];
    case 'csv': {
      const { rows, columnCount, delimiter, columns } = what;
      const line = t('commands.inspect.shapes.csv', {
        rows,
        columns: columnCount,
        delimiter: code(DELIMITERS[delimiter] ?? delimiter),
      });
      return [
        shapeLine(line),
        names(
          'commands.inspect.columns',
          columns.map(({ name, type }) => `${name} (${type})`),
        ),
      ];
    }
    case 'json': {
      const { root, values, depth, keys } = what;
      return [shapeLine(t('commands.inspect.shapes.json', { root, values, depth })), ...keysOf(keys)];
    }
    case 'broken json':
      return [shapeLine(broken(what))];
    case 'ndjson': {
      const { records, invalid, keys, firstFault } = what;
      const line = shapeLine(t('commands.inspect.shapes.ndjson', { records, invalid }));
      return [line, ...(firstFault ? [shapeLine(broken(firstFault))] : []), ...keysOf(keys)];
    }
    case 'log':
      return logShape(what);
    default: {
      const never: never = what;
      return never;
    }
  }
}

function logShape({ levels, unlevelled, first, last, repeated }: Extract<What, { kind: 'log' }>): Fields {
  const counted = Object.entries(levels).filter(([, count]) => count > 0);
  const line = t('commands.inspect.shapes.log', {
    levels: counted.map(([level, count]) => `${level} ${count}`).join(', ') || '-',
    unlevelled,
  });
  const fields: Fields = [shapeLine(line)];
  if (first && last) fields.push([t('commands.inspect.span'), t('commands.inspect.spanLine', { first, last })]);
  for (const one of repeated.slice(0, 3)) {
    fields.push([
      t('commands.inspect.repeated'),
      t('commands.inspect.repeatedLine', { times: one.count, line: code(one.line) }),
    ]);
  }
  return fields;
}

function broken({
  fault,
  line,
  column,
}: {
  fault: Extract<What, { kind: 'broken json' }>['fault'];
  line: number;
  column: number;
}): Words {
  return t('commands.inspect.shapes.broken', { line, column, fault: t(`commands.inspect.faults.${fault}`) });
}

function shapeLine(words: Words): readonly [Words, Words] {
  return [t('commands.inspect.shape'), words];
}

function keysOf(keys: readonly string[]): Fields {
  return keys.length === 0 ? [] : [names('commands.inspect.keys', keys)];
}

function names(
  label: 'commands.inspect.columns' | 'commands.inspect.keys',
  all: readonly string[],
): readonly [Words, Words] {
  const shown = all.slice(0, MOST_NAMES).map((name) => code(name).markup);
  return [t(label), markup([...shown, ...(all.length > MOST_NAMES ? ['…'] : [])].join(' '))];
}

function languageOf({ kind }: What): string {
  if (kind === 'json' || kind === 'broken json' || kind === 'ndjson') return 'json';
  return kind === 'csv' ? 'csv' : '';
}

/** `1.2 MB`; bytes up to a thousand. */
function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
