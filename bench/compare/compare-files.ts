import { columns } from '../report/columns.ts';
import { type Compared, compare, floorChanges } from './compare.ts';
import { type ComparedReport, readReport } from './read-report.ts';

/** Holds two reports against each other. UsageError when one of them is none, or of another version. */
export async function compareFiles(before: string, after: string): Promise<{ text: string; worse: boolean }> {
  const [was, is] = [await readReport(before), await readReport(after)];
  const compared = compare(was, is);
  const worse = compared.some(({ verdict }) => verdict === 'worse');
  return { text: renderComparison(was, is, compared), worse };
}

function renderComparison(was: ComparedReport, is: ComparedReport, compared: readonly Compared[]): string {
  const judged = compared.filter(({ verdict }) => verdict !== 'not judged');
  const notes = [...notesOn(was, is), ...floorChanges(was, is).map(floorNote)];
  const count = (wanted: Compared['verdict']) => judged.filter(({ verdict }) => verdict === wanted).length;
  const total = `${count('worse')} worse, ${count('better')} better, ${count('same')} the same (of the bot as it is; 95 % intervals of after / before)`;
  if (compared.length === 0)
    return `${[...notes, 'The two reports have nothing in common that was valid.'].join('\n')}\n`;
  const head = ['scenario, measure', 'before', 'after', 'ratio', '95 % interval', 'verdict'];
  return `${[...notes, ...columns([head, ...compared.map(cells)]), total].join('\n')}\n`;
}

function notesOn(was: ComparedReport, is: ComparedReport): string[] {
  const machine = ({ machine, runtime }: ComparedReport) => `${machine.cores} cores of ${machine.cpu}, ${runtime}`;
  return [
    ...(machine(was) === machine(is) ? [] : [`NOT THE SAME MACHINE OR RUNTIME: ${machine(was)}; ${machine(is)}`]),
    ...(was.partial || is.partial ? ['At least one report is partial: what is missing in one is left out.'] : []),
  ];
}

function floorNote({ scenario, interval }: Compared): string {
  return `The empty bot changed as well in ${scenario} (p99 ${times(interval?.ratio ?? 1)}): the machine was not as it had been.`;
}

function cells({ scenario, measure, unit, before, after, interval, verdict }: Compared): string[] {
  return [
    `${scenario}: ${measure}`,
    figure(before, unit),
    figure(after, unit),
    times(interval?.ratio ?? after / before),
    interval ? `${times(interval.low)} to ${times(interval.high)}` : '-',
    verdict === 'worse' ? 'WORSE' : verdict,
  ];
}

function figure(value: number, unit: string): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`.trimEnd();
}

function times(ratio: number): string {
  return Number.isFinite(ratio) ? ratio.toFixed(2) : '-';
}
