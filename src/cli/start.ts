import { type Config, DEFAULT_HTTP_ADDRESS, listOf } from '../config.ts';
import { ConfigError } from '../lib/errors.ts';
import { run } from './run.ts';
import { openSandboxProcess } from './sandbox-process.ts';
import { type Actors, playScene } from './scene.ts';

/** What `start` needs of outside: how to start this program again, and hands to act in the local Discord. */
export interface StartOptions {
  readonly self: readonly [command: string, ...args: string[]];
  readonly connect: (url: string) => Actors;
}

/** Runs the bot with its token; without one, says so and opens the sandbox with the bot in it. */
export async function start(config: Config, options: StartOptions): Promise<void> {
  if (config.DISCORD_TOKEN !== undefined) return run(config);
  say('There is no DISCORD_TOKEN, so this is the sandbox: a local Discord with the bot in it.');
  say('For the real Discord, set DISCORD_TOKEN (in the environment or a .env file) and start again.\n');
  await using sandbox = await openSandboxProcess(options.self, config.SANDBOX_ADDRESS);
  await run(sandboxed(config, sandbox), {
    onReady: async (app, signal) => {
      sandbox.tellStatusUrl(app.httpUrl);
      await playScene(options.connect(sandbox.url), signal);
      say(`\nOpen ${sandbox.url} in a browser and try it yourself. The bot's panel is at ${app.httpUrl ?? '(off)'}.`);
      say('Ctrl-C ends it.\n');
    },
    lost: sandbox.ended.then(() => {
      throw new ConfigError('the sandbox has ended by itself');
    }),
  });
}

/** The same configuration, with the local Discord in the place of the real one. */
function sandboxed(config: Config, sandbox: { apiUrl: string; cdnUrl: string; token: string; url: string }): Config {
  const { host } = new URL(sandbox.url);
  return {
    ...config,
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.apiUrl,
    DISCORD_CDN_URL: sandbox.cdnUrl,
    ATTACHMENT_HOSTS: [...listOf(config.ATTACHMENT_HOSTS), host].join(','),
    // The panel's usual address may be another bot's; whoever tries the bot needs no fixed one.
    HTTP_ADDRESS: config.HTTP_ADDRESS === DEFAULT_HTTP_ADDRESS ? '127.0.0.1:0' : config.HTTP_ADDRESS,
    // The scene is for reading; the page shows what the log would say of the loop.
    LOG_LEVEL: config.LOG_LEVEL === 'info' ? 'error' : config.LOG_LEVEL,
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
