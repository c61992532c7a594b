/** What the scene does in the local Discord, as a member would. */
export interface Actors {
  message(o: { readonly as: string; readonly content: string }): Promise<unknown>;
  slash(name: string, options: Readonly<Record<string, unknown>>, o: { readonly as: string }): Promise<Answered>;
  sample(name: string): Promise<{ readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }>;
}

interface Seen {
  readonly content: string;
}

interface Answered extends Seen {
  readonly ackMs: number;
  /** A later state of the answer. */
  until(fits: (reply: Seen) => boolean): Promise<Seen>;
}

const WIDTH = 76;
const SAMPLE = 'sales.csv';

/** One short scene on the terminal, so that a machine without a browser shows the bot at work. */
export async function playScene(actors: Actors, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  line('member', 'Hello everybody, has anyone seen the numbers?');
  await actors.message({ as: 'member', content: 'Hello everybody, has anyone seen the numbers?' });
  line('member', '/ping');
  const pong = await actors.slash('ping', {}, { as: 'member' });
  answer(pong.ackMs, await pong.until(({ content }) => !content.includes('…')));
  const file = await actors.sample(SAMPLE);
  if (signal.aborted) return;
  line('member', `/inspect file: ${file.name}`);
  const card = await actors.slash('inspect', { file }, { as: 'member' });
  answer(card.ackMs, card);
}

function line(who: string, text: string): void {
  process.stdout.write(`\n  ${who}: ${text}\n`);
}

function answer(ackMs: number, { content }: Seen): void {
  process.stdout.write(`  Rockhopper (answered in ${ackMs.toFixed(1)} ms):\n`);
  const plain = content.replace(/```\w*|^### |\*\*|`/gm, '');
  for (const text of plain.split('\n').filter((part) => part.trim() !== '')) {
    process.stdout.write(`    | ${text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text}\n`);
  }
}
