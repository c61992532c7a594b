import { Command } from 'commander';
import { VERSION } from '../lib/version.ts';

/** What each subcommand does; the caller supplies them, so that this file knows only words. */
export interface Subcommands {
  readonly start: () => Promise<void>;
  readonly run: () => Promise<void>;
  readonly sandbox: (options: { readonly child?: boolean; readonly allowRemote?: boolean }) => Promise<void>;
  readonly migrate: () => Promise<void>;
  readonly config: () => Promise<void>;
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
  add('config', 'print the effective configuration, secrets masked', subcommands.config);
  add('doctor', 'check token, intents, permissions, database and every worker task', subcommands.doctor);
  add('version', 'print the version', async () => void process.stdout.write(`${VERSION}\n`));
  return program;
}
