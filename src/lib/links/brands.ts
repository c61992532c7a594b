/** A name that thieves like to borrow, and the domains that really are its owner's. */
export interface Brand {
  /** As people say it. */
  readonly name: string;
  /** The labels under which it is known, in ASCII. */
  readonly labels: readonly string[];
  /** Registrable domains of its owner, beyond its labels under `.com`. */
  readonly own: readonly string[];
  /** It has its label under many countries' suffixes: the label itself is no sign of a thief. */
  readonly everywhere?: true;
}

/** Few and well known on purpose: each more costs time with every link, and innocent names that happen to be near. */
export const BRANDS: readonly Brand[] = [
  {
    name: 'Discord',
    labels: ['discord', 'discordapp'],
    own: [
      'discord.gg',
      'discord.gift',
      'discord.gifts',
      'discord.media',
      'discord.new',
      'discord.dev',
      'discord.co',
      'discord.tools',
      'discord.design',
      'discord.store',
      'discordapp.net',
      'discordapp.io',
      'discordactivities.com',
      'discordmerch.com',
      'discordpartygames.com',
      'discordsays.com',
      'discordsez.com',
      'discordstatus.com',
      'discordcdn.com',
      'discordquests.com',
    ],
  },
  {
    name: 'Steam',
    labels: ['steam', 'steamcommunity', 'steampowered'],
    own: [
      'steam.tv',
      'steamstatic.com',
      'steamcontent.com',
      'steamusercontent.com',
      'steamgames.com',
      'steamchina.com',
    ],
  },
  {
    name: 'GitHub',
    labels: ['github'],
    own: [
      'github.io',
      'github.dev',
      'github.blog',
      'github.community',
      'github.global',
      'githubusercontent.com',
      'githubassets.com',
      'githubstatus.com',
      'githubcopilot.com',
      'githubapp.com',
    ],
  },
  { name: 'PayPal', labels: ['paypal'], own: ['paypalobjects.com', 'paypal-corp.com'], everywhere: true },
  {
    name: 'Google',
    labels: ['google', 'gmail'],
    own: ['googleapis.com', 'googleusercontent.com', 'googleblog.com', 'googlesource.com'],
    everywhere: true,
  },
  { name: 'YouTube', labels: ['youtube'], own: ['youtube-nocookie.com', 'youtubekids.com'], everywhere: true },
  {
    name: 'Microsoft',
    labels: ['microsoft', 'outlook', 'onedrive'],
    own: ['microsoftonline.com', 'microsoftstore.com', 'outlook.live.com'],
    everywhere: true,
  },
  { name: 'Apple', labels: ['apple', 'icloud'], own: ['icloud-content.com'], everywhere: true },
  { name: 'Amazon', labels: ['amazon'], own: ['amazonaws.com', 'amazonses.com'], everywhere: true },
  { name: 'Facebook', labels: ['facebook'], own: ['facebookmail.com'] },
  { name: 'Instagram', labels: ['instagram'], own: [] },
  { name: 'WhatsApp', labels: ['whatsapp'], own: ['whatsapp.net'] },
  { name: 'Telegram', labels: ['telegram'], own: ['telegram.org', 'telegram.me', 'telegram.dog'] },
  { name: 'Twitter', labels: ['twitter'], own: [] },
  { name: 'Twitch', labels: ['twitch'], own: ['twitch.tv', 'twitchcdn.net'] },
  { name: 'Netflix', labels: ['netflix'], own: [] },
  { name: 'Spotify', labels: ['spotify'], own: ['spotify.link', 'spotifycdn.com'] },
  { name: 'Roblox', labels: ['roblox'], own: ['rbxcdn.com'] },
  { name: 'Minecraft', labels: ['minecraft'], own: ['minecraft.net', 'minecraftservices.com'] },
  { name: 'Epic Games', labels: ['epicgames', 'fortnite'], own: ['epicgames.dev'] },
  { name: 'Binance', labels: ['binance'], own: ['binance.us', 'binance.org'] },
  { name: 'Coinbase', labels: ['coinbase'], own: [] },
  { name: 'MetaMask', labels: ['metamask'], own: ['metamask.io'] },
  { name: 'OpenSea', labels: ['opensea'], own: ['opensea.io'] },
  { name: 'Dropbox', labels: ['dropbox'], own: ['dropboxusercontent.com'] },
];

/** Names that are a letter away from a brand and mean no harm. */
export const INNOCENT: ReadonlySet<string> = new Set([
  'discard',
  'discords',
  'switch',
  'finance',
  'goggle',
  'goggles',
  'paypay',
  'gitlab',
  'outlooks',
  'amazone',
  'ample',
  'apples',
  'maple',
  'applet',
  'googol',
  'twister',
  'twitcher',
  'dropbear',
  'gmail',
]);

/** What thieves put beside a brand. */
export const LURES: readonly string[] = [
  'nitro',
  'gift',
  'gifts',
  'free',
  'login',
  'signin',
  'verify',
  'verification',
  'secure',
  'security',
  'support',
  'account',
  'accounts',
  'airdrop',
  'wallet',
  'promo',
  'promotion',
  'reward',
  'rewards',
  'bonus',
  'giveaway',
  'update',
  'unlock',
  'recover',
  'recovery',
  'billing',
  'payment',
  'trade',
  'skins',
  'robux',
  'claim',
];

/** Domains behind which any address may hide. */
export const SHORTENERS: ReadonlySet<string> = new Set([
  'bit.ly',
  'bitly.com',
  'tinyurl.com',
  't.co',
  'goo.gl',
  'is.gd',
  'v.gd',
  'ow.ly',
  'buff.ly',
  'cutt.ly',
  'rebrand.ly',
  'shorturl.at',
  'rb.gy',
  't.ly',
  'tiny.cc',
  's.id',
  'soo.gd',
  'adf.ly',
  'bl.ink',
  'shorte.st',
  'lnkd.in',
  'linktr.ee',
  'grabify.link',
  'iplogger.org',
  'iplogger.com',
  '2no.co',
  'yip.su',
  'clck.ru',
  'x.gd',
  'qrco.de',
]);

/** Pages that send whoever comes on to the address in one of their parameters. */
export const FORWARDERS: readonly {
  readonly host: string;
  readonly path: string;
  readonly parameters: readonly string[];
}[] = [
  { host: 'www.google.com', path: '/url', parameters: ['q', 'url'] },
  { host: 'l.facebook.com', path: '/l.php', parameters: ['u'] },
  { host: 'l.instagram.com', path: '/', parameters: ['u'] },
  { host: 'www.youtube.com', path: '/redirect', parameters: ['q'] },
  { host: 'steamcommunity.com', path: '/linkfilter/', parameters: ['u', 'url'] },
  { host: 'slack-redir.net', path: '/link', parameters: ['url'] },
  { host: 'out.reddit.com', path: '/', parameters: ['url'] },
];
