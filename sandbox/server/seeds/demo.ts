import { type Id, snowflakeAt } from '../snowflake.ts';
import { createMessage } from '../state/create-message.ts';
import type { Presence } from '../state/guilds.ts';
import { makeMember } from '../state/members.ts';
import type { State } from '../state/state.ts';
import { makeUser } from '../state/users.ts';
import { type Seeded, seedSmall } from './small.ts';

const HOUR = 3_600_000;
const EXTRAS = 100;
const BIRDS = ['Auklet', 'Fulmar', 'Gannet', 'Kittiwake', 'Murre', 'Noddy', 'Petrel', 'Puffin', 'Shearwater', 'Tern'];
const MANNERS = ['Brisk', 'Calm', 'Drowsy', 'Eager', 'Frosty', 'Gentle', 'Hasty', 'Jolly', 'Keen', 'Lucky'];
const STATUSES: readonly Presence['status'][] = ['online', 'idle', 'dnd', 'offline', 'offline'];

/** The small server with a hundred extra people and some history. */
export function seedDemo(state: State): Seeded {
  const seeded = seedSmall(state);
  const extras = addExtras(state, seeded);
  addHistory(state, seeded);
  return { ...seeded, people: { ...seeded.people, ...extras } };
}

function addExtras(state: State, { guild, roles }: Seeded): Record<string, Id> {
  const now = state.now();
  const entries = Array.from({ length: EXTRAS }, (_, at): [string, Id] => {
    const name = `${MANNERS[Math.floor(at / 10)]} ${BIRDS[at % 10]}`;
    const id = snowflakeAt(now - (100 + at * 7) * 24 * HOUR, at + 100);
    state.users.set(id, makeUser({ id, username: name.toLowerCase().replace(' ', '_'), displayName: name }));
    guild.setMember(makeMember(id, now - (90 - Math.floor(at / 2)) * 24 * HOUR, at % 3 === 0 ? [roles.member] : []));
    const status = STATUSES[at % STATUSES.length] ?? 'offline';
    if (status !== 'offline') guild.presences.set(id, { status, activities: [], client_status: { desktop: status } });
    return [`extra${at + 1}`, id];
  });
  return Object.fromEntries(entries);
}

const TALK: readonly (readonly [channel: 'general' | 'random' | 'bot-commands', who: string, text: string])[] = [
  ['general', 'owner', '**Welcome to the colony!** Say hello, and mind the rocks.'],
  ['general', 'moderator', 'The rules in short: be kind, stay on topic, and ask when in doubt.'],
  ['general', 'member', 'Good morning! Is the ferry running today?'],
  ['general', 'moderator', 'Yes, but *late*. See https://example.com/ferry for the times.'],
  ['general', 'newcomer', 'Hi, I am new here. Where do I try the bot?'],
  ['general', 'member', 'In the channel for bot commands: type `/` and look around, or drop a file there.'],
  ['random', 'member', '> Penguins have knees.\nThey do, and it changes everything.'],
  ['random', 'newcomer', '||They are just very short.||'],
  ['random', 'owner', '```ts\nconst birds = await colony.count();\n```\nThis is how I count now.'],
  ['bot-commands', 'owner', 'Try `/ping`, `/help` and `/inspect` with one of the sample files.'],
];

function addHistory(state: State, { people, channels }: Seeded): void {
  const start = state.now() - 26 * HOUR;
  for (const [at, [channel, who, content]] of TALK.entries()) {
    const time = start + at * 2.4 * HOUR;
    createMessage(state, {
      channel: state.channel(channels[channel]),
      author: state.user(people[who] ?? people.member),
      content,
      at: { id: snowflakeAt(time, at), time },
    });
  }
}
