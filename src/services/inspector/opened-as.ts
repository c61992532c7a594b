import { maskReport } from '../../workers/inspect/mask-report.ts';
import { extensionsOf, suspiciousName } from '../../workers/inspect/names.ts';
import { type Report, reportOf } from '../../workers/inspect/report.ts';
import { maskSecrets } from '../../workers/inspect/secrets.ts';

/** What is packed alone is called by the name of what it is packed in. */
const PACKED_ALONE = new Set('gz bz2 xz tgz tbz2 txz'.split(' '));
/** Of a name so much is searched for secrets. */
const LONGEST = 1_000;

/**
 * The name a file is opened under: no more of its own than openers ask for, so that the same bytes under another name
 * are not opened again.
 */
export function openedAs(name: string): string {
  const extensions = extensionsOf(name);
  return PACKED_ALONE.has(extensions[0] ?? '') ? name : ['file', ...extensions.toReversed()].join('.');
}

/** The report of a content, and what the name gives away that it has come under. */
export function withName(report: Report, name: string): Report {
  const found = suspiciousName(name);
  const opened = openedAs(name);
  // Of the name it was opened under nobody need hear; nor that it runs by its name, where that name is worse.
  const others = report.findings.filter(
    ({ code, params }) => params.name !== opened && !(found && code === 'runs-by-name'),
  );
  const { findings } = maskReport(reportOf(report.type, report.mime, { findings: found ? [found] : [] }));
  const { kinds } = maskSecrets(name.slice(0, LONGEST));
  const secrets = [...report.secrets, ...kinds.filter((kind) => !report.secrets.includes(kind))];
  return { ...report, findings: [...findings, ...others], secrets };
}
