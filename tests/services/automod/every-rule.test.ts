import { ChannelType } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import type { Condition, Rule, Trigger } from '../../../src/workers/rules/schema.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { startGuarded } from '../../handlers/commands/moderation/shield/guarded.ts';
import { PATIENCE, rule } from './acting.ts';
import { ACTION_CASES, type Writer } from './action-cases.ts';
import { storeRules } from './stored-rules.ts';
import { made, type Place, TRIGGER_CASES } from './trigger-cases.ts';

vi.setConfig({ testTimeout: 120_000 });

const SAID = 'The boats to the colony leave at nine from the old harbour, and come back late at night';
const OTHER = 'Does anybody know whether the ferry runs on Sundays, or is it the bus that people take then?';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LONG = { ...PATIENCE, timeout: 60_000 };

/** Has these rules alone stand in the database, and hold from the next message on. */
async function withRules({ app, discord }: TestBot, rules: readonly Rule[]): Promise<void> {
  const version = await storeRules(app.database, discord.guildId, rules);
  await expect.poll(async () => (await app.rules.of(discord.guildId))?.version, LONG).toBe(version);
}

/** Counts what is written, so that a test knows when all of it has been judged. */
class Writing {
  readonly #bot: TestBot;
  readonly #analysed: () => Promise<number> | number;
  #written = 0;
  #before = 0;

  constructor(bot: TestBot) {
    this.#bot = bot;
    this.#analysed = () => bot.app.metrics.messagesAnalysed.total({});
  }

  async begin(): Promise<void> {
    this.#before = await this.#analysed();
  }

  async placeFor(name: string): Promise<Place> {
    const { discord } = this.#bot;
    const path = `/guilds/${discord.guildId}/channels`;
    const { id: category } = await made(discord, path, { name, type: ChannelType.GuildCategory });
    const { id: channel } = await made(discord, path, { name, parent_id: category });
    return {
      ...{ bot: this.#bot, channel, category },
      say: (says) => {
        this.#written += 1;
        return discord.message({ channel, unchecked: true, ...says });
      },
      edit: (message, content) => {
        this.#written += 1;
        return discord.edit(message, content);
      },
      thread: async (name) => {
        this.#written += 1; // the channel is told of it in a message
        const thread = await made(discord, `/channels/${channel}/threads`, { name, type: ChannelType.PublicThread });
        return thread.id;
      },
      judged: () => this.judged(),
    };
  }

  /** Resolves once all that was written has been judged, and done about it what rules want. */
  async judged(): Promise<void> {
    await expect.poll(this.#analysed, LONG).toBe(this.#before + this.#written);
    await expect.poll(() => this.#bot.app.pipeline.open, LONG).toBe(0);
  }
}

/** The trigger where its case is written, unless it says itself where it holds. */
function withinIts({ channel }: Place, trigger: Trigger): Condition {
  if (trigger.type === 'channel' || trigger.type === 'category') return trigger;
  return { all: [{ type: 'channel', any: [channel] }, trigger] };
}

test('every trigger: of a rule that stands in the database it finds what it is for, and lets be what is like it', async () => {
  await using bot = await startGuarded();
  await bot.set('files', { shield: 'off' });
  const writing = new Writing(bot);
  const cases = await Promise.all(
    Object.entries(TRIGGER_CASES).map(async ([name, one]) => ({ name, ...one, place: await writing.placeFor(name) })),
  );
  const rules = cases.map(({ name, when, place }) =>
    rule([{ do: 'delete' }], { name, when: withinIts(place, when(place)) }),
  );
  await withRules(bot, rules);
  await writing.begin();
  const written: { readonly name: string; readonly stays: string; readonly trips: string }[] = [];
  for (const { name, place, stays, trips } of cases) {
    const [{ id: staying }, { id: tripping }] = [await stays(place), await trips(place)];
    written.push({ name, stays: staying, trips: tripping });
  }
  await writing.judged();
  const isThere = (id: string) => bot.discord.state.messages.get(id) !== undefined;
  const stood = written.map(({ name, stays, trips }) => ({ name, stays: isThere(stays), trips: isThere(trips) }));
  expect(stood).toEqual(cases.map(({ name }) => ({ name, stays: true, trips: false })));
});

test('every action: a rule that stands in the database does it to whoever it finds, and to nobody else', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const ofServer = `/guilds/${discord.guildId}`;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  const [given, taken] = await Promise.all(
    ['Given', 'Taken'].map((name) => made(discord, `${ofServer}/roles`, { name })),
  );
  const roles = { given: given?.id ?? '', taken: taken?.id ?? '' };
  const cases = Object.entries(ACTION_CASES).map(([name, one], at) => ({ name, ...one, term: `puffin${LETTERS[at]}` }));
  const rules = cases.map(({ name, action, term }) =>
    rule([action(roles)], { name: `It does ${name}`, when: { type: 'words', terms: [term], match: 'word' } }),
  );
  await withRules(bot, rules);
  const writing = new Writing(bot);
  await writing.begin();
  /** Somebody new, in a channel of their own, says nearly the same twice. */
  const somebody = async (said: string, word: string): Promise<Writer> => {
    const [[who = ''], { channel, say }] = [await discord.join(1), await writing.placeFor(word)];
    await discord.rest('PUT', `${ofServer}/members/${who}/roles/${roles.taken}`, { as: 'owner' });
    const { id: copy } = await say({ as: who, content: `${said} I mean` });
    const { id: message } = await say({ as: who, content: `${said} ${word}` });
    return { bot, who, roles, channel, copy, message };
  };
  const writers: { readonly name: string; readonly isDone: () => Promise<readonly boolean[]> }[] = [];
  for (const { name, term, says, isDone } of cases) {
    const [other, met] = [await somebody(OTHER, `${term}s`), await somebody(says ?? SAID, term)];
    writers.push({ name, isDone: () => Promise.all([isDone(met), isDone(other)]) });
  }
  await writing.judged();
  const done = () => Promise.all(writers.map(async ({ name, isDone }) => [name, ...(await isDone())]));
  await expect.poll(done, LONG).toEqual(cases.map(({ name }) => [name, true, false]));
});
