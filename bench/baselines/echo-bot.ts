import { WebSocket } from 'ws';

/**
 * The physical limit: what is left of a bot when it is no more than a socket and a request. It reads an interaction off the
 * gateway and answers it over HTTP, with no library between. It ends when its standard input closes.
 */
const { DISCORD_TOKEN: token = '', DISCORD_API_URL: api = '' } = process.env;
const INTENTS = (1 << 0) | (1 << 1) | (1 << 9) | (1 << 15);
const headers = { 'content-type': 'application/json', authorization: `Bot ${token}` };
const ANSWER = JSON.stringify({ type: 4, data: { content: 'Pong.' } });

interface Packet {
  readonly op: number;
  readonly t?: string | null;
  readonly d?: {
    readonly id?: string;
    readonly token?: string;
    readonly heartbeat_interval?: number;
    readonly application?: { readonly id: string };
  } | null;
}

const asked: unknown = await (await fetch(`${api}/v10/gateway/bot`, { headers })).json();
const url = typeof asked === 'object' && asked !== null && 'url' in asked ? String(asked.url) : '';
const socket = new WebSocket(`${url}/?v=10&encoding=json`);

function send(op: number, d: unknown): void {
  socket.send(JSON.stringify({ op, d }));
}

async function register(application: string): Promise<void> {
  const body = JSON.stringify([{ name: 'ping', description: 'Answers.' }]);
  await fetch(`${api}/v10/applications/${application}/commands`, { method: 'PUT', headers, body });
  process.stdout.write(`${JSON.stringify({ msg: 'ready' })}\n`);
}

socket.on('message', (data) => {
  const { op, t, d }: Packet = JSON.parse(String(data));
  if (t === 'INTERACTION_CREATE') {
    void fetch(`${api}/v10/interactions/${d?.id}/${d?.token}/callback`, { method: 'POST', headers, body: ANSWER });
  } else if (t === 'READY') {
    void register(d?.application?.id ?? '');
  } else if (op === 10) {
    setInterval(() => send(1, null), d?.heartbeat_interval ?? 41_250);
    send(2, { token, intents: INTENTS, properties: { os: 'linux', browser: 'bench', device: 'bench' } });
  }
});

process.stdin.once('end', () => process.exit()).resume();
process.once('SIGTERM', () => process.exit());
