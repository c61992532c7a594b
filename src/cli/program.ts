import { Command, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../lib/version.ts';

/** What `export messages` is told. Moments are in milliseconds since the epoch. */
export interface ExportOptions {
  readonly server: string;
  readonly channel?: readonly string[];
  readonly author?: string;
  readonly from?: number;
  readonly to?: number;
  readonly text?: string;
  readonly format: 'jsonl' | 'csv' | 'html';
  readonly pack: 'none' | 'gzip' | 'zip';
  readonly output?: string;
}

/** What each subcommand does; the caller supplies them, so that this file knows only words. */
export interface Subcommands {
  readonly start: () => Promise<void>;
  readonly run: () => Promise<void>;
  readonly sandbox: (options: { readonly child?: boolean; readonly allowRemote?: boolean }) => Promise<void>;
  readonly migrate: () => Promise<void>;
  readonly config: () => Promise<void>;
  readonly exportMessages: (options: ExportOptions) => Promise<void>;
  readonly doctor: () => Promise<void>;
}

/** The command line. An unknown word is answered with what was probably meant, and exit code 2. */
export function createProgram(subcommands: Subcommands): Command {
  const program = new Command('rockhopper')
    .description('A self-hosted Discord community bot whose main thread never blocks.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(rockhopper help lists the commands)')
    .exitOverride()
    .addHelpText('after', '\nConfiguration comes from the environment and a .env file: rockhopper config shows it.');
  const add = (name: string, description: string, action: () => Promise<void>) =>
    program.command(name).description(description).allowExcessArguments(false).action(action);
  add('start', 'run the bot, or the sandbox when there is no DISCORD_TOKEN', subcommands.start);
  add('run', 'run the bot; DISCORD_TOKEN must be set', subcommands.run);
  program
    .command('sandbox')
    .description('open the local Discord alone, for a bot started elsewhere')
    .option('--child', 'end when standard input closes; print where it is as JSON')
    .option(
      '--allow-remote',
      'let other machines in, when SANDBOX_ADDRESS is theirs to reach: it asks nobody who they are',
    )
    .action(subcommands.sandbox);
  add('migrate', 'bring the database up to date', subcommands.migrate);
  addExport(program, subcommands);
  add('config', 'print the effective configuration, secrets masked', subcommands.config);
  add('doctor', 'check token, intents, permissions, database and every worker task', subcommands.doctor);
  add('version', 'print the version', async () => void process.stdout.write(`${VERSION}\n`));
  return program;
}

function addExport(program: Command, { exportMessages }: Subcommands): void {
  program
    .command('export')
    .description('write what is kept to a file or standard output')
    .command('messages')
    .description('messages that a server keeps, of all its channels')
    .allowExcessArguments(false)
    .requiredOption('--server <id>', 'of which server', snowflake)
    .option('--channel <id...>', 'of these channels alone', (id: string, others: readonly string[] = []) => [
      ...others,
      snowflake(id),
    ])
    .option('--author <id>', 'by whom', snowflake)
    .option('--from <time>', 'from when: 2026-11-05, or 2026-11-05T12:00Z; days begin as they do in UTC', moment)
    .option('--to <time>', 'before when', moment)
    .option('--text <words>', 'with these words')
    .addOption(new Option('--format <format>', 'how').choices(['jsonl', 'csv', 'html']).default('jsonl'))
    .addOption(new Option('--pack <packing>', 'packed').choices(['none', 'gzip', 'zip']).default('none'))
    .option('--output <file>', 'into this file, which is there once it is whole, instead of standard output')
    .action(exportMessages);
}

function snowflake(text: string): string {
  if (!/^\d{15,20}$/.test(text)) throw new InvalidArgumentError('expected an id of Discord.');
  return text;
}

function moment(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('expected a time such as 2026-11-05 or 2026-11-05T12:00Z.');
  return at;
}
