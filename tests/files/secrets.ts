/** Put together here, so that no text of this repository looks like a secret to those who search it. */
export const A = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzA1bC2dE3fG4hJ5kL6mN7pQ8rS9tU0vW1x';
export const made = (prefix: string, length: number) => prefix + A.slice(0, length);
const snowflake = Buffer.from('123456789012345678').toString('base64url');
const jwt = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"sub":"1234567890"}').toString('base64url')}.${A.slice(0, 43)}`;
export const pem = (kind: string) => `-----BEGIN ${kind}-----\n${A}\n${A}\n-----END ${kind}-----`;

export const SECRETS = [
  ['discordToken', `${snowflake}.${A.slice(0, 6)}.${A.slice(0, 38)}`],
  ['discordToken', `mfa.${A}${A.slice(0, 18)}`],
  ['discordWebhook', `${'https://discord.com/api/webhooks'}/123456789012345678/${A}ab`],
  ['githubToken', made('ghp_', 36)],
  ['githubToken', made('github_pat_', 60)],
  ['gitlabToken', made('glpat-', 20)],
  ['awsKey', `AKIA${'ABCDEFGHIJ234567'}`],
  ['awsKey', `aws_secret_access_key = ${A.slice(0, 40)}`],
  ['googleKey', made('AIza', 35)],
  ['slackToken', made('xoxb-', 40)],
  ['slackWebhook', `https://hooks.slack.com/services/T00000000/B00000000/${A.slice(0, 24)}`],
  ['stripeKey', made('sk_live_', 24)],
  ['npmToken', made('npm_', 36)],
  ['telegramToken', `123456789:AA${A.slice(0, 33)}`],
  ['aiKey', made('sk-', 48)],
  ['jwt', jwt],
  ['privateKey', pem('RSA PRIVATE KEY')],
  ['privateKey', pem('OPENSSH PRIVATE KEY')],
  ['connectionString', 'postgres://me:hunter22@db.example.org:5432/app'],
  ['connectionString', 'mongodb+srv://me:p%40ss@cluster.example.org/'],
  ['password', 'password=hunter22'],
  ['password', '"dbPassword": "hunter22"'],
  ['password', "$cfg['passwd'] = 'hunter22';"],
  ['password', 'POSTGRES_PASSWORD: hunter22'],
  ['password', '<password>hunter22</password>'],
  ['connectionString', 'postgres:\\/\\/me:hunter22@db.example.org\\/app'],
  ['discordWebhook', `${'https:\\/\\/discord.com\\/api\\/webhooks'}\\/123456789012345678\\/${A}ab`],
  ['slackWebhook', `https:\\/\\/hooks.slack.com\\/services\\/T00000000\\/B00000000\\/${A.slice(0, 24)}`],
  ['githubToken', `TOKEN=${made('ghp_', 36)}`],
  ['discordToken', `export DISCORD_TOKEN='${snowflake}.${A.slice(0, 6)}.${A.slice(0, 38)}'`],
  ['otherKey', `api_key: ${A.slice(0, 32)}`],
  ['otherKey', `SG.${A.slice(0, 22)}.${A.slice(0, 43)}`],
  ['connectionString', 'postgres://me:hunter22@hunter22@db.example.org/app'],
  ['password', '<add key="DbPassword" value="hunter22" />'],
  ['password', '- name: DB_PASSWORD\n  value: hunter22'],
  ['password', 'machine example.org login me password hunter22'],
  ['password', 'curl -s -u me:hunter22 https://example.org'],
  ['privateKey', `Private-Lines: 2\n${A}\n${A}\nPrivate-MAC: 0`],
  ['password', 'PASSWORD=Confighunter22'],
  ['password', 'password=Truehunter22!'],
  ['password', 'password: "$ecr3thunter22"'],
  ['password', "PASSWORD='!QAhunter22'"],
  ['password', 'password: |\n  hunter22\n'],
  ['password', "password = '''\nhunter22\n'''"],
  ['otherKey', `api key: ${A.slice(0, 32)}`],
  ['awsKey', `Secret access key: ${A.slice(0, 40)}`],
  ['otherKey', `Authorization: Bearer ${A.slice(0, 32)}`],
] as const;

/** What of a secret may be left to see: names, hosts, and the lines around a key. */
export const bare = (text: string) =>
  text.split(/[\s"'=:/@,;.]+/).filter((word) => word.length >= 8 && /\d/.test(word));
