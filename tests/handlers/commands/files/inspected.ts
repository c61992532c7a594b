import { expect } from 'vitest';
import type { Reply } from '../../../../sandbox/server/verbs/reply.ts';
import type { TestBot } from '../../../bot.ts';

interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A file to be uploaded; a text is UTF-8. */
export function upload(name: string, content: string | Uint8Array, contentType = 'application/octet-stream'): Upload {
  return { name, contentType, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}

/** What a person reads, also where "thinking…" had to make way for words in private: on a busy machine it stood there. */
export function saidIn({ content, followUps }: Pick<Reply, 'content' | 'followUps'>): string {
  return `${content}${JSON.stringify(followUps.map(({ components }) => components))}`;
}

/** As many as a bot answers in a row before one of them asks too often. */
const PEOPLE = ['owner', 'moderator', 'member', 'newcomer'] as const;

/** A file, the verdict of its card, and what it says in this order; `WHAT` is where it begins to say what the file is. */
export interface Case {
  readonly what: string;
  readonly file: Upload;
  readonly verdict: 'Safe' | 'Careful' | 'Dangerous' | 'Not looked into';
  readonly says: readonly string[];
  /** What those hear who do not see the picture. */
  readonly alt?: RegExp;
}

export const WHAT = '**What it is**';

/** Inspects the files, at most sixteen, with the same bot, and holds every card to what all of them must be. */
export async function expectCards(bot: TestBot, cases: readonly Case[]): Promise<void> {
  for (const [at, { what, file, verdict, says, alt }] of cases.entries()) {
    const reply = await bot.discord.slash('inspect', { file }, { as: PEOPLE[at % PEOPLE.length] ?? '', settle: 'ack' });
    const whole = ({ content }: { readonly content: string }) => content.includes('**SHA-256**');
    const { content, message } = await reply.until(whole, { deadlineMs: 30_000 }).catch(() => reply);
    expect.soft(content, what).toMatch(/^### .+\n\*\*[\w ]+\*\*\n/);
    expectInOrder(content, [`**${verdict}**`, ...says], what);
    const descriptions = picturesOf(message?.components).map(({ description }) => String(description));
    expect.soft(descriptions, what).toEqual(alt ? [expect.stringMatching(alt)] : []);
    expectWithinLimits(message?.components, what);
  }
}

function expectInOrder(text: string, parts: readonly string[], what: string): void {
  let from = 0;
  for (const part of parts) {
    const found = text.indexOf(part, from);
    expect.soft(found, `${what}: ${part} in ${JSON.stringify(text.slice(from))}`).not.toBe(-1);
    from = Math.max(from, found + part.length);
  }
}

/** Discord's limits on one message: 40 components, 4,000 characters in all its texts together. */
export function expectWithinLimits(components: unknown, what: string): void {
  const all = componentsOf(components);
  expect.soft(all.length, what).toBeLessThanOrEqual(40);
  const texts = all.flatMap(({ content }) => (typeof content === 'string' ? [content] : []));
  expect.soft(texts.join('').length, what).toBeLessThanOrEqual(4_000);
  for (const { description } of picturesOf(components)) expect.soft(description, what).toMatch(/\w/);
}

interface Component {
  readonly type: number;
  readonly content?: unknown;
}

/** Every component, however deep. */
function componentsOf(value: unknown): readonly Component[] {
  if (Array.isArray(value)) return value.flatMap(componentsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && typeof value.type === 'number' ? [value as Component] : [];
  const { components, accessory } = value as { readonly components?: unknown; readonly accessory?: unknown };
  return [...own, ...componentsOf(components), ...componentsOf(accessory)];
}

/** What is shown as a picture, with its description. */
function picturesOf(value: unknown): readonly { readonly description?: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(picturesOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('media' in value) return [value as { readonly description?: unknown }];
  return Object.values(value).flatMap(picturesOf);
}
