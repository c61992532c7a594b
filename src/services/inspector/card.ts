import { sizeText } from '../../lib/size-text.ts';
import en from '../../locales/en.json' with { type: 'json' };
import type { Finding, Level, LimitHit, Report } from '../../workers/inspect/report.ts';
import type { Answer, Attached as AttachedFile, Part, Tone } from '../answers/answer.ts';
import { code, list, size, t, unlinkedIn, type Words } from '../answers/words.ts';
import type { Attached, Verdict } from './inspector.ts';
import { shownName } from './shown-name.ts';

const TONES: Record<Level, Tone> = { safe: 'good', unseen: 'info', careful: 'warning', dangerous: 'bad' };
/** What is said in points, the worst first; what is safe is among the facts. */
const TOLD: readonly Level[] = ['dangerous', 'careful', 'unseen'];
const MOST_FINDINGS = 12;
const MOST_FACTS = 14;
const MOST_ENTRIES = 15;
const MOST_LINKS = 5;

/** One card for one file: the verdict and why, what the file is, then a preview. */
export function cardOf({ file, level, report, sha256 }: Verdict): Answer {
  const points = why(report);
  const pictures = report.previews.filter((one) => one.kind === 'picture');
  return {
    tone: TONES[level],
    title: shownName(file.name),
    parts: [
      { kind: 'lines', title: t(`inspect.levels.${level}`), lines: [t(`inspect.verdicts.${level}`)] },
      ...(points.length > 0 ? [{ kind: 'points', points } as const] : []),
      { kind: 'fields', fields: facts(file, report, sha256) },
      ...report.previews.flatMap(preview),
    ],
    ...(pictures.length > 0 && {
      pictures: pictures.map(
        ({ png, alt }, at): AttachedFile => ({ name: `preview-${at + 1}.png`, bytes: png, description: alt }),
      ),
    }),
  };
}

function why({ findings, limits, secrets }: Report): readonly Words[] {
  const worstFirst = TOLD.flatMap((told) => findings.filter(({ level }) => level === told));
  const kinds = [...new Set(secrets)].map((kind) => t(`inspect.secrets.${kind}`));
  return [
    ...worstFirst.slice(0, MOST_FINDINGS).map(said),
    ...limits.map((hit) => t('inspect.limitHit', { why: limitSaid(hit) })),
    ...(kinds.length > 0 ? [t('inspect.secretsFound', { what: list(kinds) })] : []),
  ];
}

/** Which limit, and how much there is: bytes and pixels in units that people read. */
export function limitSaid({ limit, allowed, seen }: LimitHit): Words {
  const inUnits = (value: number) =>
    limit === 'bytesOut' ? size(value) : limit === 'pixels' ? Math.round(value / 100_000) / 10 : value;
  return t(`inspect.limits.${limit}`, { allowed: inUnits(allowed), seen: inUnits(seen) });
}

/** What was found in a file within the file is said in the words of its own kind, with the way to it in front. */
function said({ code: text, params }: Finding): Words {
  const { code: within } = params;
  const values = unlinkedIn(params);
  const what = text === 'inside' && isFinding(within) ? t(`inspect.findings.${within}`, values) : '';
  return t(`inspect.findings.${text}`, { ...values, what });
}

function isFinding(code: unknown): code is Finding['code'] {
  return typeof code === 'string' && Object.hasOwn(en.inspect.findings, code);
}

function facts(
  file: Attached,
  { type, mime, facts, findings, links }: Report,
  sha256: string,
): readonly (readonly [Words, Words])[] {
  const declared = file.contentType ?? mime;
  const noted = findings.filter(({ level }) => level === 'safe');
  return [
    [t('inspect.labels.type'), t(`inspect.types.${type}`, { mime })],
    ...(declared === mime ? [] : [[t('inspect.labels.declared'), code(declared)] as const]),
    [t('inspect.labels.size'), size(file.size)],
    ...facts
      .slice(0, MOST_FACTS)
      .map(
        ({ label, code: text, params }) =>
          [t(`inspect.labels.${label}`), t(`inspect.facts.${text}`, unlinkedIn(params))] as const,
      ),
    ...noted.map(
      ({ code: text, params }) =>
        [t('inspect.labels.note'), t(`inspect.findings.${text}`, unlinkedIn(params))] as const,
    ),
    ...(links.length > 0
      ? [
          [
            t('inspect.labels.links'),
            list([
              ...links.slice(0, MOST_LINKS).map(code),
              ...(links.length > MOST_LINKS ? [`+${links.length - MOST_LINKS}`] : []),
            ]),
          ] as const,
        ]
      : []),
    [t('inspect.labels.sha256'), code(sha256)],
  ];
}

function preview(one: Report['previews'][number]): Part[] {
  switch (one.kind) {
    case 'text':
      return one.text === '' ? [] : [{ kind: 'code', text: one.text, language: one.language }];
    case 'table':
      return [{ kind: 'code', text: tableOf([one.columns, ...one.rows]) }];
    case 'entries': {
      const lines = one.entries
        .slice(0, MOST_ENTRIES)
        .map(({ path, bytes, note }) => `${sizeText(bytes).padStart(9)}  ${path}${note === '' ? '' : `  (${note})`}`);
      const more = one.more + Math.max(0, one.entries.length - MOST_ENTRIES);
      return [{ kind: 'code', text: [...lines, ...(more > 0 ? [`           … +${more}`] : [])].join('\n') }];
    }
    case 'picture':
      return [];
    default: {
      const never: never = one;
      return never;
    }
  }
}

const WIDEST = 24;

/** Columns under each other, cut to a width that phones show. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) =>
    row
      .slice(0, 8)
      .map((cell) => (cell.length > WIDEST ? `${cell.slice(0, WIDEST - 1)}…` : cell).replaceAll('\n', ' ')),
  );
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0] ?? '', widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
}
