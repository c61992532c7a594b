import { ApplicationCommandOptionType as T } from 'discord.js';
import { expect, test } from 'vitest';
import type { CommandOption } from '../../sandbox/server/state/commands.ts';
import type { OptionValue } from '../../sandbox/server/verbs/option-values.ts';
import { startBot, type TestBot } from '../bot.ts';
import { readOfficial } from './official.ts';

const official = await readOfficial();

interface Leaf {
  readonly name: string;
  readonly options: readonly CommandOption[];
}

/** A command's subcommands by their whole names; itself when it has none. */
function leavesOf(name: string, options: readonly CommandOption[]): Leaf[] {
  const inner = options.filter(({ type }) => type <= T.SubcommandGroup);
  if (inner.length === 0) return [{ name, options }];
  return inner.flatMap((one) => leavesOf(`${name} ${one.name}`, one.options ?? []));
}

/** Something that an option takes, whatever the command makes of it. */
function anyValue({ type, choices, min_value: min, min_length: length }: CommandOption): OptionValue {
  const [choice] = choices ?? [];
  if (choice) return choice.value;
  if (type === T.Integer || type === T.Number) return min ?? 1;
  if (type === T.Boolean) return true;
  if (type === T.User || type === T.Mentionable) return 'newcomer';
  if (type === T.Channel) return 'random';
  if (type === T.Role) return 'member';
  if (type === T.Attachment) return { name: 'a.csv', bytes: new TextEncoder().encode('a,b\n1,2\n') };
  return 'x'.repeat(Math.max(1, length ?? 0));
}

/** Every option given, by someone who may hardly do anything: answers of another kind, refusals among them. */
async function useWrongly({ discord }: TestBot): Promise<void> {
  const as = { as: 'newcomer', unchecked: true } as const;
  for (const command of discord.state.commands.values()) {
    if (command.type === 2) await discord.userMenu(command.name, 'bot', as);
    if (command.type !== 1) continue;
    for (const { name, options } of leavesOf(command.name, command.options ?? [])) {
      await discord.slash(name, Object.fromEntries(options.map((one) => [one.name, anyValue(one)])), as);
    }
  }
}

async function useEverything({ discord }: TestBot): Promise<number> {
  let answered = 0;
  for (const command of discord.state.commands.values()) {
    if (command.type === 2) await discord.userMenu(command.name, 'newcomer', { as: 'owner' });
    if (command.type === 3) {
      const { id } = await discord.message({ content: 'take this' });
      await discord.messageMenu(command.name, id, { as: 'owner' });
    }
    if (command.type !== 1) continue;
    for (const { name, options } of leavesOf(command.name, command.options ?? [])) {
      const needed = options.filter(({ required }) => required).map((one) => [one.name, anyValue(one)]);
      await discord.slash(name, Object.fromEntries(needed), { as: 'owner' });
      answered++;
      for (const { name: option } of options.filter(({ autocomplete }) => autocomplete)) {
        await discord.autocomplete(name, { [option]: 'a' }, option, { as: 'owner' });
      }
    }
  }
  return answered;
}

test.skipIf(!official)(
  "all that the bot asks of Discord is as Discord's own description has it",
  { timeout: 60_000 },
  async () => {
    await using bot = await startBot();
    expect(await useEverything(bot)).toBeGreaterThan(3);
    await useWrongly(bot);
    const requests = bot.discord.requests();
    expect(requests.length).toBeGreaterThan(8);
    expect(requests.flatMap((request) => official?.problems(request) ?? [])).toEqual([]);
    expect(bot.discord.journal.since().filter(({ kind }) => kind === 'crash')).toEqual([]);
  },
);
