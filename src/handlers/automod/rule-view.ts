import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer, Button, Part } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { type Said, t } from '../../services/answers/words.ts';
import { brokenInWords } from '../../services/automod/broken-in-words.ts';
import { outOfUse, releasePatterns } from '../../services/automod/out-of-use.ts';
import { changeBook } from '../../services/automod/rule-book.ts';
import { ruleFields } from '../../services/automod/rule-words.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { type Asked, defineComponent } from '../define.ts';
import { startBuilder } from './builder.ts';
import { mustMayOrder } from './may-order.ts';
import { namedFor } from './named.ts';
import { AUTOMOD_RULES } from './rights.ts';
import { chosenFrom, findRule } from './rule-choice.ts';
import { draftOf } from './rule-draft.ts';
import { undoButton } from './undo.ts';

type On = Asked<BaseInteraction>;
const RuleId = Type.String({ pattern: '^[a-z]{8}$' });
const SWITCHES = ['observe', 'enforce', 'on', 'off'] as const;
/** What a rule can be switched to by one press. */
export type Switch = (typeof SWITCHES)[number];

const edit = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.edit',
  version: 1,
  state: Type.Object({ rule: RuleId }),
  run: (asked, context) => openInBuilder(asked.state.rule, asked, context),
});

const change = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.switch',
  version: 1,
  state: Type.Object({ rule: RuleId, to: Type.Union(SWITCHES.map((to) => Type.Literal(to))) }),
  run: (asked, context) => switchRule(asked.state.rule, asked.state.to, asked, context),
});

const remove = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.remove',
  version: 1,
  state: Type.Object({ rule: RuleId }),
  run: (asked, context) => removeRule(asked.state.rule, asked, context),
});

const release = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.release',
  version: 1,
  state: Type.Object({ rule: RuleId }),
  async run(asked, context) {
    const rule = await findRule(asked.state.rule, asked.interaction, context);
    await releasePatterns(rule, asked.interaction.guildId ?? '0', context);
    return await ruleView(rule, asked, context, { done: t('automod.outOfUse.released') });
  },
});

export const ruleViewComponents = [edit, change, remove, release];

/** What is said of a rule whose patterns are out of use, with the button that has them run again. */
export async function outOfUseParts(rule: Rule, asked: On, context: Context): Promise<readonly Part[]> {
  const lines = await outOfUse(rule, asked.interaction.guildId ?? '0', context);
  if (lines.length === 0) return [];
  const button = { label: t('automod.outOfUse.again'), customId: release.customId({ rule: rule.id }) };
  return [
    { kind: 'lines', title: t('automod.outOfUse.title'), lines },
    { kind: 'buttons', buttons: [button] },
  ];
}

/** What is said of a rule that cannot be used as it is. */
export async function brokenParts({ id }: Rule, { interaction }: On, context: Context): Promise<readonly Part[]> {
  const lines = await brokenInWords(interaction.guildId ?? '0', id, context);
  return lines.length === 0 ? [] : [{ kind: 'lines', title: t('automod.explain.broken'), lines }];
}

/** A rule in plain words, with what can be done to it. `done` says what was just done, and `version` is the change that did it. */
export async function ruleView(
  rule: Rule,
  asked: On,
  context: Context,
  { done, version }: { readonly done?: Said; readonly version?: number | undefined } = {},
): Promise<Answer> {
  const [named, slow, broken] = await Promise.all([
    namedFor(asked.interaction, context),
    outOfUseParts(rule, asked, context),
    brokenParts(rule, asked, context),
  ]);
  const to = (what: Switch): Button => ({
    label: t(`automod.buttons.${what}`),
    customId: change.customId({ rule: rule.id, to: what }),
  });
  const buttons = [
    { label: t('automod.buttons.edit'), customId: edit.customId({ rule: rule.id }) },
    to(rule.mode === 'observe' ? 'enforce' : 'observe'),
    to(rule.enabled ? 'off' : 'on'),
    { label: t('automod.buttons.remove'), customId: remove.customId({ rule: rule.id }), style: 'danger' },
    ...(version === undefined ? [] : [undoButton(version)]),
  ] as const;
  return {
    tone: done ? 'good' : 'info',
    title: rule.name,
    visible: 'private',
    parts: [
      ...(done ? [{ kind: 'text', text: done } as const] : []),
      { kind: 'fields', fields: ruleFields(rule, named) },
      ...broken,
      ...slow,
      { kind: 'buttons', buttons },
    ],
  };
}

async function openInBuilder(which: string, asked: On, context: Context): Promise<Answer> {
  const rule = await findRule(which, asked.interaction, context);
  return await startBuilder(draftOf(rule, JSON.stringify(rule)), asked, context);
}

/** Switches a rule on or off, or between observing and enforcing. What is so already is said all the same. */
export async function switchRule(which: string, to: Switch, asked: On, context: Context): Promise<Answer> {
  const rule = await findRule(which, asked.interaction, context);
  const asks = to === 'on' || to === 'enforce';
  if (asks) await mustMayOrder([rule], asked, context);
  const { guildId, user } = asked.interaction;
  let held = rule; // as it is by then: somebody may be changing it at the same time
  const version = await changeBook(
    guildId ?? '0',
    user.id,
    (rules) => {
      held = chosenFrom(rules, rule.id);
      if (asks && JSON.stringify(held) !== JSON.stringify(rule)) throw new UserError('automod.changedJustNow');
      return rules.map((one) => (one === held ? switched(one, to) : one));
    },
    context,
  );
  const off = !held.enabled && (to === 'observe' || to === 'enforce');
  const done = t(off ? `automod.done.${to}Off` : `automod.done.${to}`);
  return await ruleView(switched(held, to), asked, context, { done, version });
}

export async function removeRule(which: string, asked: On, context: Context): Promise<Answer> {
  const rule = await findRule(which, asked.interaction, context);
  const { guildId, user } = asked.interaction;
  const without = (rules: readonly Rule[]) => rules.filter(({ id }) => id !== rule.id);
  const version = await changeBook(guildId ?? '0', user.id, without, context);
  if (version === undefined) throw new UserError('automod.noSuchRule', { name: rule.name });
  return {
    tone: 'good',
    visible: 'private',
    parts: [
      { kind: 'text', text: t('automod.done.removed', { name: rule.name }) },
      { kind: 'buttons', buttons: [undoButton(version)] },
    ],
  };
}

function switched(rule: Rule, to: Switch): Rule {
  return to === 'on' || to === 'off' ? { ...rule, enabled: to === 'on' } : { ...rule, mode: to };
}
