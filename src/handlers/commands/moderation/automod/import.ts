import { Type } from '@sinclair/typebox';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { checkPatterns } from '../../../../services/automod/check-patterns.ts';
import { mustCompile } from '../../../../services/automod/must-compile.ts';
import { releasePatterns } from '../../../../services/automod/out-of-use.ts';
import { changeBook, readBook } from '../../../../services/automod/rule-book.ts';
import { shortWhenWords } from '../../../../services/automod/rule-words.ts';
import { takenIn } from '../../../../services/automod/taken-in.ts';
import { type Rule, RuleSet } from '../../../../workers/rules/schema.ts';
import { mustMayOrder } from '../../../automod/may-order.ts';
import { namedFor } from '../../../automod/named.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { rulesInFile } from '../../../automod/rules-file.ts';
import { undoButton } from '../../../automod/undo.ts';
import { defineCommand } from '../../../define.ts';
import { defineDraft } from '../../../draft.ts';
import { attachment, text } from '../../../options.ts';

const HOW = ['add', 'replace'] as const;

const importing = defineDraft({
  ...AUTOMOD_RULES,
  id: 'automod.import',
  schema: Type.Object({
    guild: Type.String(),
    how: Type.Union([Type.Literal('add'), Type.Literal('replace')]),
    rules: RuleSet,
  }),
  async store({ guild, how, rules }, by, context, asked) {
    await mustMayOrder(rules, asked, context); // rights may have gone since it was shown
    const plan = (held: readonly Rule[]) => takenIn(held, rules, how);
    await mustCompile(guild, plan, context, asked.signal); // and so may lists
    const version = await changeBook(guild, by, plan, context);
    if (version === undefined) throw new UserError('automod.import.same');
    for (const rule of rules) await releasePatterns(rule, guild, context); // they were looked at and are wanted
    return {
      tone: 'good',
      parts: [
        { kind: 'text', text: t(`automod.import.done.${how}`, { count: rules.length }) },
        { kind: 'buttons', buttons: [undoButton(version)] },
      ],
      next: t('automod.done.next'),
    };
  },
});

/** Takes rules out of a file, as a person or `/automod export` wrote them: shown first, stored by one press. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { file: attachment(), how: text({ optional: true, choices: HOW }) },
  components: importing.components,
  async run(asked, context) {
    const { interaction, options, reader, signal } = asked;
    const { file, how = 'add' } = options;
    const rules = await rulesInFile(file, signal, context);
    if (rules.length === 0) throw new UserError('automod.read.noRules');
    await mustMayOrder(rules, asked, context);
    await checkPatterns(rules, context, signal);
    const guild = interaction.guildId ?? '0';
    await mustCompile(guild, (held) => takenIn(held, rules, how), context, signal);
    const [{ rules: held }, named] = await Promise.all([readBook(guild, context), namedFor(interaction, context)]);
    const lines = rules.map((rule) =>
      t('automod.import.line', { name: rule.name, when: shortWhenWords(rule, named, reader) }),
    );
    const shown = {
      title: t('automod.import.title', { count: rules.length }),
      parts: [
        { kind: 'text', text: t(`automod.import.${how}`, { count: held.length }) },
        { kind: 'points', points: lines },
      ],
      yes: t('automod.import.yes'),
    } as const;
    return await importing.ask({ guild, how, rules: [...rules] }, interaction.user.id, shown, context);
  },
});
