import { ApplicationCommandOptionType, Client, Events, GatewayIntentBits, REST, Routes } from 'discord.js';

/**
 * The floor: a discord.js bot with nothing in it but a `/ping`, an `/inspect` and an `/xkcd` that answer at once. It asks for the same events as
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
  const file = { name: 'file', description: 'Any.', type: ApplicationCommandOptionType.Attachment };
  const body = [
    { name: 'ping', description: 'Answers.' },
    { name: 'xkcd', description: 'Answers.' },
    { name: 'inspect', description: 'Answers.', options: [file] },
  ];
  await new REST({ api }).setToken(token).put(Routes.applicationCommands(application.id), { body });
  process.stdout.write(`${JSON.stringify({ msg: 'ready' })}\n`);
});

process.stdin.once('end', () => process.exit()).resume();
process.once('SIGTERM', () => process.exit());
await client.login(token);
