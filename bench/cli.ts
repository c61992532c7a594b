import { Command, InvalidArgumentError, Option } from 'commander';
import { MODES, type Mode, RUNTIMES, type Runtime } from './scenario.ts';

/** The command line as it was typed, checked. */
export interface Asked {
  readonly runtime: Runtime;
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
  readonly filter: string;
  readonly modes: readonly Mode[];
  readonly quick: boolean;
  readonly ci: boolean;
  readonly json: string | undefined;
}

/** Reads the command line. A CommanderError says what is wrong with it, or that help was asked for. */
export function parseArguments(args: readonly string[]): Asked {
  const program = new Command('bun run bench')
    .description('Measures the bot from outside, in a local Discord, and prints what it found.')
    .addOption(new Option('--runtime <name>', 'what the bot runs on').choices([...RUNTIMES]).default('bun'))
    .option('--filter <text>', 'only scenarios whose name holds this', '')
    .option('--rounds <number>', 'how often each mode is measured', wholeNumber)
    .option('--seconds <number>', 'how long a round is measured', number)
    .addOption(new Option('--modes <names>', `of ${MODES.join(', ')}`).argParser(modes).default(MODES))
    .option('--quick', 'about two minutes: short rounds, nothing that is taken once', false)
    .option('--ci', 'about three minutes; fails when inline p99 is under what a scenario wants of offload p99', false)
    .option('--json <file>', 'also write the whole report to a file')
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .showHelpAfterError('(bun run bench --help lists the options)')
    .exitOverride();
  const { rounds, seconds, json, ...rest } = program.parse(args, { from: 'user' }).opts<Asked>();
  return { ...rest, rounds, seconds, json };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 1_000)
    throw new InvalidArgumentError('a whole number from 1 to 1000 is expected.');
  return Number(text);
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
