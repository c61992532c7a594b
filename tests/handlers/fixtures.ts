import { Type } from '@sinclair/typebox';
import { PermissionFlagsBits } from 'discord.js';
import type { Command } from '../../src/handlers/define.ts';
import { defineCommand, defineComponent, defineMessageMenu } from '../../src/handlers/define.ts';
import { fieldOf } from '../../src/handlers/find.ts';
import * as options from '../../src/handlers/options.ts';
import { BusyError, DatabaseAwayError } from '../../src/lib/errors.ts';
import { createI18n } from '../../src/lib/i18n.ts';
import en from '../../src/locales/en.json' with { type: 'json' };
import type { Answer } from '../../src/services/answers/answer.ts';
import { UserError } from '../../src/services/answers/user-error.ts';
import { markup } from '../../src/services/answers/words.ts';
import { type StartBotOptions, startBot } from '../bot.ts';

/** An answer that says exactly this. */
function plain(text: string): Answer {
  return { tone: 'info', parts: [{ kind: 'text', text: markup(text) }] };
}

const every = defineCommand({
  options: {
    text: options.text({ min: 2, max: 10 }),
    integer: options.integer({ min: 1, max: 9 }),
    number: options.number({ optional: true, min: 0.5, max: 1.5 }),
    boolean: options.boolean({ optional: true }),
    user: options.user({ optional: true }),
    member: options.member({ optional: true }),
    channel: options.channel({ optional: true }),
    role: options.role({ optional: true }),
    mentionable: options.mentionable({ optional: true }),
    attachment: options.attachment({ optional: true }),
    choice: options.text({ optional: true, choices: ['red', 'green'] }),
    suggested: options.text({
      optional: true,
      autocomplete: ({ typed }) => {
        if (typed === 'break') throw new Error('no suggestions today');
        return Array.from({ length: 40 }, (_, at) => ({ name: `${typed}${at}`, value: `${typed}${at}` }));
      },
    }),
  },
  run({ options: given }) {
    const { text, integer, number, boolean, user, member, channel, role, mentionable, attachment, choice, suggested } =
      given;
    const seen = {
      text,
      integer,
      number,
      boolean,
      user: user?.id,
      member: member?.id,
      channel: channel?.id,
      role: role?.id,
    };
    const more = {
      mentionable: mentionable && 'id' in mentionable && mentionable.id,
      attachment: attachment?.name,
      choice,
      suggested,
    };
    return { tone: 'info', parts: [{ kind: 'code', text: JSON.stringify({ ...seen, ...more }) }] };
  },
});

const press = defineComponent({
  kind: 'button',
  id: 'test.press',
  version: 2,
  state: Type.Object({ times: Type.Integer() }),
  run: ({ state }) => buttons(state.times + 1),
});
const pick = defineComponent({
  kind: 'select',
  id: 'test.pick',
  version: 1,
  state: Type.Object({ of: Type.String() }),
  updates: false,
  run: ({ state, values }) => plain(`${state.of}: ${values.join(', ')}`),
});
const pickText = defineComponent({
  kind: 'text-select',
  id: 'test.text',
  version: 1,
  state: Type.Object({}),
  run: ({ values }) => plain(`picked ${values.join(', ')}`),
});
const form = defineComponent({
  kind: 'form',
  id: 'test.form',
  version: 1,
  state: Type.Object({ about: Type.String() }),
  run: ({ state, interaction }) => plain(`${state.about}: ${fieldOf(interaction, 'what')}`),
});
const failing = defineComponent({
  kind: 'button',
  id: 'test.failing',
  version: 1,
  state: Type.Object({}),
  run: () => Promise.reject(new UserError('errors.notYours')),
});
const silent = defineComponent({
  kind: 'button',
  id: 'test.silent',
  version: 1,
  state: Type.Object({}),
  run: () => undefined,
});

function buttons(times: number): Answer {
  return {
    tone: 'info',
    parts: [
      { kind: 'text', text: markup(`pressed ${times} times`) },
      {
        kind: 'buttons',
        buttons: [
          { label: 'press', customId: press.customId({ times }) },
          { label: 'fail', customId: failing.customId({}) },
          { label: 'nothing', customId: silent.customId({}) },
          { label: 'old', customId: 'test.press:1:a:b' },
          { label: 'unknown', customId: 'gone.long.ago:1' },
        ],
      },
      {
        kind: 'select',
        select: {
          of: 'text',
          customId: pickText.customId({}),
          options: [
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ],
        },
      },
      ...(['user', 'role', 'mentionable', 'channel'] as const).map(
        (of) => ({ kind: 'select', select: { of, customId: pick.customId({ of }), max: 2 } }) as const,
      ),
    ],
  };
}

const components = defineCommand({
  components: [press, pick, pickText, failing, silent],
  cooldown: { uses: 100, seconds: 10 },
  run: () => buttons(0),
});

const quote = defineMessageMenu({
  id: 'test-quote',
  visible: 'private',
  run: ({ interaction }) => Promise.resolve(plain(`said: ${interaction.targetMessage.content}`)),
});

/** Commands that go wrong in every way there is, and ones that hold still until a test lets them go. */
export function fixtureCommands() {
  const held = Promise.withResolvers<void>();
  const never = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const commands: Record<string, Command> = {
    'test/away': defineCommand({ run: () => Promise.reject(new DatabaseAwayError('gone')) }),
    'test/broken': defineCommand({
      run: () => Promise.reject(new Error('outer', { cause: new TypeError('inner', { cause: 'innermost' }) })),
    }),
    'test/busy': defineCommand({ run: () => Promise.reject(new BusyError('full')) }),
    'test/components': components,
    'test/every': every,
    'test/form': defineCommand({
      components: [form],
      opensForm: true,
      async run({ openForm }) {
        const field = { id: 'what', label: 'What?', max: 100 };
        await openForm({ customId: form.customId({ about: 'a: b%' }), title: 'Tell me', fields: [field] });
      },
    }),
    'test/held': defineCommand({ run: () => held.promise.then(() => plain('let go')) }),
    'test/held-mute': defineCommand({ run: () => held.promise.then(() => undefined) }),
    'test/held-private': defineCommand({ visible: 'private', run: () => held.promise.then(() => plain('let go')) }),
    'test/held-refusing': defineCommand({
      run: () => held.promise.then(() => Promise.reject(new UserError('errors.notYours'))),
    }),
    'test/menus': defineCommand({ menus: [quote], run: () => plain('see the menu') }),
    'test/mute': defineCommand({ run: () => undefined }),
    'test/rare': defineCommand({ cooldown: { uses: 1, seconds: 60 }, run: () => plain('once') }),
    'test/refusing': defineCommand({ run: () => Promise.reject(new UserError('errors.notHere', { who: '*x*' })) }),
    'test/needy': defineCommand({ botNeeds: PermissionFlagsBits.BanMembers, run: () => plain('could ban') }),
    'test/slow': defineCommand({ deadlineMs: 50, run: ({ signal }) => never(signal) }),
    'test/working': defineCommand({ run: ({ signal }) => never(signal) }),
  };
  return { commands, letGo: () => held.resolve() };
}

/** The whole bot with the fixture commands and texts for them beside its own. */
export async function startFixtureBot(commands: Readonly<Record<string, Command>>, more: StartBotOptions = {}) {
  const menus = { ...en.menus, 'test-quote': { name: 'Quote' } };
  return startBot({
    commands,
    i18n: createI18n({ en: { ...en, menus, commands: { ...textsFor(commands), ...en.commands } } }),
    ...more,
  });
}

function textsFor(commands: Readonly<Record<string, Command>>) {
  const entries = Object.entries(commands).map(([path, { options: own }]) => {
    const described = Object.entries(own).map(([property, { choices }]) => [
      property,
      {
        description: property,
        ...(choices && { choices: Object.fromEntries(choices.map((choice) => [choice, choice])) }),
      },
    ]);
    return [path.split('/')[1], { description: path, options: Object.fromEntries(described) }];
  });
  return Object.fromEntries(entries);
}
