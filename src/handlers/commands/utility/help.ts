import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../context.ts';
import type { Answer, Part } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { command as called, code, list, t, type Words } from '../../../services/answers/words.ts';
import type { Choice, Typing } from '../../autocomplete.ts';
import { commandText, descriptionKey } from '../../command-texts.ts';
import { defineCommand, defineComponent } from '../../define.ts';
import { text } from '../../options.ts';
import type { Listed, Registry } from '../../registry.ts';
import { mayUse } from '../../rules.ts';
import { askingOf } from '../../standing.ts';

/** So many commands have room for what they do; of more the names are shown, and what each does when it is asked for. */
const MOST_DESCRIBED = 40;

/** Shows a topic's commands in place of the overview. */
const topic = defineComponent({
  kind: 'text-select',
  id: 'help',
  version: 1,
  state: Type.Object({}),
  where: 'anywhere',
  visible: 'private',
  async run({ interaction, registry, values }, context) {
    return overview(await usable(registry, interaction, context), values[0], context);
  },
});

export default defineCommand({
  where: 'anywhere',
  visible: 'private',
  options: { command: text({ optional: true, max: 70, autocomplete: suggestCommands }) },
  components: [topic],
  async run({ options, interaction, reader, registry }, context) {
    const listed = await usable(registry, interaction, context);
    if (options.command === undefined) return overview(listed, undefined, context);
    const name = options.command.replace(/^\//, '').trim();
    const found = listed.find((one) => one.name === name || context.i18n.commandName(one.name, reader.locale) === name);
    if (!found) throw new UserError('commands.help.unknown', { name: code(`/${name}`) });
    return explanation(found, context);
  },
});

async function suggestCommands({ typed, interaction, registry }: Typing, context: Context): Promise<readonly Choice[]> {
  const wanted = typed.toLowerCase().replace(/^\//, '');
  return (await usable(registry, interaction, context))
    .map(({ name }) => ({ name: `/${context.i18n.commandName(name, interaction.locale)}`, value: name }))
    .filter(({ name, value }) => name.includes(wanted) || value.includes(wanted));
}

async function usable(registry: Registry, interaction: BaseInteraction, context: Context): Promise<readonly Listed[]> {
  const asking = await askingOf(interaction, context, { everybodys: true });
  return [...registry.commands.values()].filter(({ name, command }) =>
    mayUse({ rules: command, what: name }, interaction, asking, context),
  );
}

function overview(listed: readonly Listed[], chosen: string | undefined, { i18n }: Context): Answer {
  const groups = Map.groupBy(listed, ({ group }) => group);
  const titleOf = (group: string) => t(commandText(i18n, 'commands.help.groups', group));
  const shown = chosen !== undefined && groups.has(chosen) ? [chosen] : [...groups.keys()];
  const described = shown.reduce((sum, group) => sum + (groups.get(group)?.length ?? 0), 0) <= MOST_DESCRIBED;
  const parts = shown.map((group): Part => {
    const those = groups.get(group) ?? [];
    const lines = described ? those.map((one) => line(one, i18n)) : [names(those)];
    return { kind: 'lines', title: titleOf(group), lines };
  });
  const options = [...groups.keys()].map((group) => ({
    value: group,
    label: titleOf(group),
    selected: group === chosen,
  }));
  const select = { of: 'text', customId: topic.customId({}), placeholder: t('commands.help.pick'), options } as const;
  return {
    tone: 'info',
    title: t('commands.help.title'),
    parts: [{ kind: 'text', text: t('commands.help.intro') }, ...parts, { kind: 'select', select }],
  };
}

function names(listed: readonly Listed[]): Words {
  return list(listed.map(({ name }) => called(name)));
}

function line({ name }: Listed, i18n: Context['i18n']): Words {
  return t('commands.help.line', { name: called(name), description: t(descriptionKey(i18n, name)) });
}

function explanation({ name, command }: Listed, { i18n }: Context): Answer {
  const lines = Object.entries(command.options).map(([property, { optional }]) =>
    t(optional ? 'commands.help.optional' : 'commands.help.option', {
      name: { command: name, option: property },
      description: t(commandText(i18n, 'commands', name, 'options', property, 'description')),
    }),
  );
  const parts: Part[] = [{ kind: 'text', text: t(descriptionKey(i18n, name)) }];
  if (lines.length > 0) parts.push({ kind: 'lines', title: t('commands.help.optionsTitle'), lines });
  return { tone: 'info', title: called(name), parts };
}
