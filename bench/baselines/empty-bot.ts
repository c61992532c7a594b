import { ApplicationCommandOptionType, Client, Events, GatewayIntentBits, REST, Routes } from 'discord.js';

/**
 * The floor: a discord.js bot with nothing in it but the commands that scenarios use, which answer at once. It asks for the same events as
 * Rockhopper, so that both are told the same things. It ends when its standard input closes.
 */
const { DISCORD_TOKEN: token = '', DISCORD_API_URL: api = '' } = process.env;
const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMembers,
    GatewayIntentBits.GuildModeration,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.GuildMessageReactions,
    GatewayIntentBits.MessageContent,
    GatewayIntentBits.DirectMessages,
  ],
  rest: { api },
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await interaction.reply('Pong.');
});

client.once(Events.ClientReady, async ({ application }) => {
  const text = (name: string) => ({ name, description: 'Any.', type: ApplicationCommandOptionType.String });
  const below = (name: string, ...options: object[]) => ({
    ...{ name, description: 'Answers.', type: ApplicationCommandOptionType.Subcommand },
    options,
  });
  const file = { name: 'file', description: 'Any.', type: ApplicationCommandOptionType.Attachment };
  const body = [
    { name: 'ping', description: 'Answers.' },
    { name: 'xkcd', description: 'Answers.' },
    { name: 'inspect', description: 'Answers.', options: [file] },
    { name: 'wiki', description: 'Answers.', options: [text('query')] },
    { name: 'github', description: 'Answers.', options: [below('repo', text('repository'))] },
    { name: 'feed', description: 'Answers.', options: [below('add', text('url'))] },
  ];
  await new REST({ api }).setToken(token).put(Routes.applicationCommands(application.id), { body });
  process.stdout.write(`${JSON.stringify({ msg: 'ready' })}\n`);
});

process.stdin.once('end', () => process.exit()).resume();
process.once('SIGTERM', () => process.exit());
await client.login(token);
