import type { ServerResponse } from 'node:http';
import { expect } from 'vitest';
import type { OptionValues } from '../../../../sandbox/server/verbs/option-values.ts';
import type { Reply } from '../../../../sandbox/server/verbs/reply.ts';
import type { TestBot } from '../../../bot.ts';
import { type BadServer, badServer } from '../../../lib/bad-server.ts';
import { saidIn } from '../files/inspected.ts';

/** How a service answers a path (with its query), listed or worked out; what is missing is answered with 404. */
export type Pages = Record<string, unknown> | ((path: string) => unknown);
type Answering = (response: ServerResponse, path: string) => void;

/** A service that answers with JSON, until it is told to misbehave. */
export interface OutsideService extends BadServer {
  /** Every request from here on is answered so; without one it behaves again. */
  misbehave(answering?: Answering): void;
}

export async function outsideService(pages: Pages): Promise<OutsideService> {
  let bad: Answering | undefined;
  const server = await badServer((request, response) => {
    const path = request.url ?? '';
    if (bad) return bad(response, path);
    const page = typeof pages === 'function' ? pages(path) : pages[path];
    if (page === undefined) return response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
  });
  return Object.assign(server, {
    misbehave(answering?: Answering) {
      bad = answering;
    },
  });
}

const PEOPLE = ['owner', 'moderator', 'member', 'newcomer'];
let turn = 0;

/** The command is answered with this, at once or after a deferral. Each time somebody else asks. */
export async function expectSaid(
  bot: TestBot,
  [name, options]: readonly [string, OptionValues?],
  sentence: string | RegExp,
): Promise<Reply> {
  turn += 1;
  const reply = await bot.discord.slash(name, options ?? {}, { as: PEOPLE[turn % PEOPLE.length] ?? '', settle: 'ack' });
  const fits = (one: Reply) =>
    typeof sentence === 'string' ? saidIn(one).includes(sentence) : sentence.test(saidIn(one));
  await reply.until(fits, { deadlineMs: 30_000 }).catch(() => expect(saidIn(reply)).toMatch(sentence));
  return reply;
}

const json = { 'content-type': 'application/json' };

/** What goes wrong at a service, and what whoever asked for something of it is told. `service` is its name. */
export const TROUBLES: readonly (readonly [what: string, answering: Answering, told: string])[] = [
  ['answers 500', (response) => response.writeHead(500).end(), 'cannot be reached right now'],
  ['asks to wait', (response) => response.writeHead(429, { 'retry-after': '600' }).end(), 'lets me ask again <t:'],
  ['sends a web page', (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<p>'), 'make sense of'],
  ['sends something else', (response) => response.writeHead(200, json).end('{"num":"one"}'), 'make sense of'],
  ['sends without end', (response) => endless(response.writeHead(200, json)), 'sent more than I take'],
  ['sends on in circles', (response, path) => response.writeHead(302, { location: path }).end(), 'make sense of'],
  [
    'sends on into a private network',
    (response) => response.writeHead(302, { location: 'https://10.0.0.1/' }).end(),
    'its address is private',
  ],
  [
    'breaks off',
    (response) =>
      response.writeHead(200, { ...json, 'content-length': '1000' }).write('{"num"', () => response.destroy()),
    'cannot be reached right now',
  ],
  ['forbids it', (response) => response.writeHead(403).end(), 'refuses to answer'],
  ['never answers', () => {}, 'takes too long'],
];

function endless(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(100_000)));
  };
  response.on('drain', more);
  more();
}
