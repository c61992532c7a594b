import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { clip, type Said, t, type Words } from '../../../../services/answers/words.ts';
import { goneIn } from '../../../../services/automod/names.ts';
import { outOfUse } from '../../../../services/automod/out-of-use.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import { shortWhenWords } from '../../../../services/automod/rule-words.ts';
import type { Standing } from '../../../../services/automod/rules.ts';
import type { Rule } from '../../../../workers/rules/schema.ts';
import { namedFor } from '../../../automod/named.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { findRule, stateOf } from '../../../automod/rule-choice.ts';
import { ruleView, ruleViewComponents } from '../../../automod/rule-view.ts';
import { undoComponent } from '../../../automod/undo.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';

const ON_A_PAGE = 8;

const turn = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.rules.page',
  version: 1,
  state: Type.Object({ page: Type.Integer({ minimum: 0, maximum: 1_000 }) }),
  run: (asked, context) => page(asked, asked.state.page, context),
});

const look = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'text-select',
  id: 'automod.rules.look',
  version: 1,
  state: Type.Object({}),
  async run(asked, context) {
    const rule = await findRule(asked.values[0] ?? '', asked.interaction, context);
    return await ruleView(rule, asked, context);
  },
});

/** The server's rules in the order they are looked at; one that is picked is shown whole, with what can be done to it. */
export default defineCommand({
  ...AUTOMOD_RULES,
  components: [turn, look, ...ruleViewComponents, undoComponent],
  run: (asked, context) => page(asked, 0, context),
});

async function page(asked: Asked<BaseInteraction>, wanted: number, context: Context): Promise<Answer> {
  const guild = asked.interaction.guildId ?? '0';
  const { rules } = await readBook(guild, context);
  const standing = context.rules.standing(guild);
  if (rules.length === 0)
    return { tone: 'info', parts: [{ kind: 'text', text: t('automod.noRules') }], visible: 'private' };
  const pages = Math.ceil(rules.length / ON_A_PAGE);
  const at = Math.min(wanted, pages - 1); // some may be gone since the button was made
  const named = await namedFor(asked.interaction, context);
  const shown = rules.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE);
  const slow = await Promise.all(shown.map(async (rule) => (await outOfUse(rule, guild, context)).length > 0));
  const step = (to: number, key: 'earlier' | 'later') => ({
    label: t(`automod.buttons.${key}`),
    customId: turn.customId({ page: Math.max(0, to) }),
    disabled: to < 0 || to >= pages,
  });
  const buttons: Part = { kind: 'buttons', buttons: [step(at - 1, 'earlier'), step(at + 1, 'later')] };
  const options = shown.map(({ id, name }) => ({ value: id, label: name }));
  const broken = new Set(standing.rules?.broken.map(({ id }) => id));
  const when = (rule: Rule) => shortWhenWords(rule, named, asked.reader);
  const stateIn = (rule: Rule, place: number) => {
    if (broken.has(rule.id) || goneIn(rule, named).length > 0) return 'broken';
    return slow[place] ? 'slow' : 'line';
  };
  return {
    tone: standing.failure === undefined ? 'info' : 'warning',
    title: t('automod.list.title', { count: rules.length }),
    visible: 'private',
    parts: [
      ...stuckIn(standing),
      { kind: 'points', points: shown.map((rule, place) => lineOf(rule, stateIn(rule, place), when(rule))) },
      {
        kind: 'select',
        select: { of: 'text', customId: look.customId({}), placeholder: t('automod.list.pick'), options },
      },
      ...(pages > 1 ? [buttons] : []),
    ],
    next: t('automod.list.next'),
  };
}

/** That what was changed last does not hold, where that is so. */
function stuckIn({ rules, failure }: Standing): readonly Part[] {
  if (failure === undefined) return [];
  return [{ kind: 'text', text: t(rules ? 'automod.stuck.older' : 'automod.stuck.none') }];
}

function lineOf(rule: Rule, state: 'broken' | 'slow' | 'line', when: Words): Said {
  return t(`automod.list.${state}`, {
    name: clip(rule.name, 60),
    state: t(`automod.short.${stateOf(rule)}`),
    when,
  });
}
