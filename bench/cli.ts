import { Command, InvalidArgumentError, Option } from 'commander';
import { HELD_UPS, type HeldUp, type Pace } from './bench.ts';
import { MODES, type Mode, RUNTIMES, type Runtime } from './scenario.ts';

/** Where a report is written when nobody said so, from the repository's folder. */
export const DEFAULT_JSON = 'bench/results/report.json';

/** The command line as it was typed, checked. */
export interface Asked {
  readonly pace: Pace;
  readonly runtime: Runtime;
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
  readonly threads: number | undefined;
  readonly filter: string;
  readonly modes: readonly Mode[];
  readonly profile: boolean;
  readonly json: string | undefined;
  readonly heldUp: HeldUp | undefined;
  /** Two reports to hold against each other, instead of measuring. */
  readonly compare: readonly [before: string, after: string] | undefined;
}

interface Typed extends Omit<Asked, 'pace' | 'compare'> {
  readonly quick: boolean;
  readonly ci: boolean;
  readonly full: boolean;
  readonly compare: readonly string[] | undefined;
}

/** Reads the command line. A CommanderError says what is wrong with it, or that help was asked for. */
export function parseArguments(args: readonly string[]): Asked {
  const program = new Command('bun run bench')
    .description('Measures the bot from outside, in a local Discord, and prints what it found.')
    .addOption(new Option('--runtime <name>', 'what the bot runs on').choices([...RUNTIMES]).default('bun'))
    .option('--filter <text>', 'only scenarios whose name holds this', '')
    .option('--rounds <number>', 'how often each mode is measured', wholeNumber(1, 1_000))
    .option('--seconds <number>', 'how long a round is measured', number)
    .option('--threads <number>', 'threads of the bot (default: twice as many as cores)', wholeNumber(2, 64))
    .addOption(new Option('--modes <names>', `of ${MODES.join(', ')}`).argParser(modes).default(MODES))
    .addOption(new Option('--quick', 'about two minutes: one short round').default(false))
    .addOption(new Option('--full', 'everything: all rates, and what is taken once').default(false).conflicts('quick'))
    .addOption(
      new Option('--ci', 'about a minute; fails where inline p99 is too near to offload p99')
        .default(false)
        .conflicts(['quick', 'full']),
    )
    .option('--profile', 'also write CPU profiles of the bot beside the report', false)
    .option('--json <file>', `where the report is written, with its page beside it (default: ${DEFAULT_JSON})`)
    .option('--compare <files...>', 'hold two reports against each other: before.json after.json')
    .addOption(new Option('--held-up <who>', 'plant stalls of 200 ms').choices([...HELD_UPS]).hideHelp())
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .showHelpAfterError('(bun run bench --help lists the options)')
    .exitOverride();
  const { quick, ci, full, compare, ...rest } = program.parse(args, { from: 'user' }).opts<Typed>();
  const [before, after, third] = compare ?? [];
  if (compare && (before === undefined || after === undefined || third !== undefined))
    program.error('error: --compare takes two files: before.json after.json');
  return {
    ...rest,
    pace: quick ? 'quick' : ci ? 'ci' : full ? 'full' : 'usual',
    compare: before === undefined || after === undefined ? undefined : [before, after],
  };
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most)
      throw new InvalidArgumentError(`a whole number from ${least} to ${most} is expected.`);
    return Number(text);
  };
}

function number(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) < 0.5 || Number(text) > 3_600)
    throw new InvalidArgumentError('seconds from 0.5 to 3600 are expected.');
  return Number(text);
}

function modes(text: string): readonly Mode[] {
  const wanted = text.split(',').map((one) => one.trim());
  const strange = wanted.find((one) => !MODES.some((mode) => mode === one));
  if (strange !== undefined) throw new InvalidArgumentError(`there is no mode ${strange}.`);
  return MODES.filter((mode) => wanted.includes(mode));
}
