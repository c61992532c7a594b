import { Type } from '@sinclair/typebox';
import type { BaseInteraction, Interaction } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Answer, say } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { MOST_NODES } from '../../workers/rules/limits.ts';
import { type Asked, defineComponent } from '../define.ts';
import {
  actionOf,
  conditionOf,
  formOfAction,
  formOfTrigger,
  isAction,
  isTrigger,
  plainAction,
  plainTrigger,
} from './blanks.ts';
import { type BuilderIds, builderCard, type PartId } from './builder-card.ts';
import { grouped, otherwiseJoined, turned, withAction, without, withoutGone, withPart } from './draft-changes.ts';
import { Entered } from './entered.ts';
import { namedFor } from './named.ts';
import { AUTOMOD_RULES } from './rights.ts';
import { changeRuleDraft, dropRuleDraft, keepRuleDraft, type RuleDraft, readRuleDraft } from './rule-draft.ts';
import { jsonForm, limitsForm, limitsOf, namesForm, namesOf, readJson } from './rule-forms.ts';
import { storeRule } from './store-rule.ts';

const Draft = Type.String({ pattern: '^[0-9a-f-]{36}$' });
const Part = Type.String({ pattern: '^[ca]\\d{1,2}$' });
const MaybeAt = Type.Integer({ minimum: -1, maximum: MOST_NODES });

type On = Asked<BaseInteraction>;

/** Shows a draft for the first time. */
export async function startBuilder(draft: RuleDraft, asked: On, context: Context): Promise<Answer> {
  const id = await keepRuleDraft(draft, asked.interaction, context);
  return await card(id, draft, asked, context);
}

async function card(id: string, draft: RuleDraft, asked: On, context: Context, picked?: PartId): Promise<Answer> {
  const named = await namedFor(asked.interaction, context);
  return builderCard(draft, { ids: idsOf(id), named, reader: asked.reader, picked });
}

async function change(
  id: string,
  asked: On,
  context: Context,
  changed: (draft: RuleDraft) => RuleDraft,
): Promise<Answer> {
  const draft = changed(await readRuleDraft(id, asked.interaction, context));
  await changeRuleDraft(id, draft, asked.interaction, context);
  return await card(id, draft, asked, context);
}

function picksA(fits: (value: string) => boolean) {
  return (interaction: Interaction) => interaction.isStringSelectMenu() && fits(interaction.values[0] ?? '');
}

const add = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'text-select',
  id: 'automod.add',
  version: 1,
  state: Type.Object({ draft: Draft, menu: Type.String({ maxLength: 8 }) }),
  opensForm: picksA((type) => isTrigger(type) && !plainTrigger(type)),
  async run(asked, context) {
    const { state, values, openForm } = asked;
    const [type = ''] = values;
    if (!isTrigger(type)) throw new UserError('errors.unknownComponent');
    const plain = plainTrigger(type);
    if (plain) return await change(state.draft, asked, context, (draft) => withPart(draft, plain, -1));
    const named = await namedFor(asked.interaction, context);
    await openForm(formOfTrigger(type, undefined, named, condition.customId({ draft: state.draft, type, at: -1 })));
    return undefined;
  },
});

const condition = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'form',
  id: 'automod.condition',
  version: 1,
  updates: true,
  state: Type.Object({ draft: Draft, type: Type.String({ maxLength: 16 }), at: MaybeAt }),
  run: (asked, context) => {
    const { draft: id, type, at } = asked.state;
    if (!isTrigger(type)) throw new UserError('errors.unknownComponent');
    return change(id, asked, context, (draft) => {
      const held = draft.parts[at];
      return withPart(draft, conditionOf(type, new Entered(asked.interaction), held), at);
    });
  },
});

const act = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'text-select',
  id: 'automod.act',
  version: 1,
  state: Type.Object({ draft: Draft }),
  opensForm: picksA((name) => isAction(name) && !plainAction(name)),
  async run(asked, context) {
    const { state, values, openForm } = asked;
    const [name = ''] = values;
    if (!isAction(name)) throw new UserError('errors.unknownComponent');
    const plain = plainAction(name);
    if (plain) return await change(state.draft, asked, context, (draft) => withAction(draft, plain, -1));
    const named = await namedFor(asked.interaction, context);
    await openForm(formOfAction(name, undefined, named, action.customId({ draft: state.draft, name, at: -1 })));
    return undefined;
  },
});

const action = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'form',
  id: 'automod.action',
  version: 1,
  updates: true,
  state: Type.Object({ draft: Draft, name: Type.String({ maxLength: 16 }), at: MaybeAt }),
  run: (asked, context) => {
    const { draft: id, name, at } = asked.state;
    if (!isAction(name)) throw new UserError('errors.unknownComponent');
    return change(id, asked, context, (draft) => {
      const held = draft.head.actions[at];
      return withAction(draft, actionOf(name, new Entered(asked.interaction), held), at);
    });
  },
});

const pick = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'text-select',
  id: 'automod.pick',
  version: 2,
  state: Type.Object({ draft: Draft, menu: Type.Integer({ minimum: 0, maximum: 2 }) }),
  async run(asked, context) {
    const draft = await readRuleDraft(asked.state.draft, asked.interaction, context);
    return await card(asked.state.draft, draft, asked, context, asked.values[0]);
  },
});

const reopen = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.reopen',
  version: 1,
  state: Type.Object({ draft: Draft, part: Part }),
  opensForm: true,
  async run(asked, context) {
    const { state, interaction, openForm } = asked;
    const draft = await readRuleDraft(state.draft, interaction, context);
    const named = await namedFor(interaction, context);
    const at = Number(state.part.slice(1));
    const [part, deed] = state.part.startsWith('c') ? [draft.parts[at]] : [undefined, draft.head.actions[at]];
    if (part && 'type' in part && !plainTrigger(part.type)) {
      const customId = condition.customId({ draft: state.draft, type: part.type, at });
      await openForm(formOfTrigger(part.type, part, named, customId));
    } else if (deed && !plainAction(deed.do))
      await openForm(formOfAction(deed.do, deed, named, action.customId({ draft: state.draft, name: deed.do, at })));
    else throw new UserError('automod.draft.nothingToChange');
    return undefined;
  },
});

const part = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.part',
  version: 1,
  state: Type.Object({ draft: Draft, part: Part, what: Type.Union([Type.Literal('turn'), Type.Literal('remove')]) }),
  run: (asked, context) => {
    const { draft: id, part: which, what } = asked.state;
    return change(id, asked, context, (draft) => (what === 'turn' ? turned(draft, which) : without(draft, which)));
  },
});

const press = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.press',
  version: 1,
  state: Type.Object({
    draft: Draft,
    what: Type.Union([Type.Literal('join'), Type.Literal('group'), Type.Literal('tidy'), Type.Literal('discard')]),
  }),
  async run(asked, context) {
    const { draft: id, what } = asked.state;
    if (what === 'discard') {
      await dropRuleDraft(id, asked.interaction, context);
      return say('automod.builder.discarded');
    }
    const named = await namedFor(asked.interaction, context);
    const changes = { join: otherwiseJoined, group: grouped, tidy: (draft: RuleDraft) => withoutGone(draft, named) };
    return await change(id, asked, context, changes[what]);
  },
});

const save = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.save',
  version: 1,
  state: Type.Object({ draft: Draft, mode: Type.Union([Type.Literal('observe'), Type.Literal('enforce')]) }),
  async run(asked, context) {
    const { draft: id, mode } = asked.state;
    const draft = await readRuleDraft(id, asked.interaction, context);
    const stored = await storeRule({ ...draft, head: { ...draft.head, mode } }, asked, context);
    await dropRuleDraft(id, asked.interaction, context);
    return stored;
  },
});

const Opened = Type.Object({
  draft: Draft,
  what: Type.Union([Type.Literal('names'), Type.Literal('limits'), Type.Literal('json')]),
});

const open = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.open',
  version: 1,
  state: Opened,
  opensForm: true,
  async run(asked, context) {
    const { state, interaction, openForm } = asked;
    const draft = await readRuleDraft(state.draft, interaction, context);
    const named = await namedFor(interaction, context);
    const customId = filled.customId(state);
    const forms = { names: namesForm, limits: limitsForm, json: jsonForm };
    await openForm(forms[state.what](draft, customId, named));
    return undefined;
  },
});

const filled = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'form',
  id: 'automod.filled',
  version: 1,
  updates: true,
  state: Opened,
  async run(asked, context) {
    const { draft: id, what } = asked.state;
    const entered = new Entered(asked.interaction);
    if (what !== 'json') {
      return await change(id, asked, context, (draft) => ({ ...draft, head: headOf(what, entered, draft) }));
    }
    const read = await readJson(entered, asked.signal, context);
    return await change(id, asked, context, (draft) => ({
      ...draft,
      head: read.head,
      join: read.join,
      parts: read.parts,
    }));
  },
});

function headOf(what: 'names' | 'limits', entered: Entered, { head }: RuleDraft): RuleDraft['head'] {
  if (what === 'names') {
    const { note: _, ...rest } = head;
    return { ...rest, ...namesOf(entered) };
  }
  const { cooldown: _, ...rest } = head;
  return { ...rest, ...limitsOf(entered, head) };
}

export const builderComponents = [add, condition, act, action, pick, reopen, part, press, save, open, filled];

function idsOf(draft: string): BuilderIds {
  return {
    add: (menu) => add.customId({ draft, menu }),
    act: () => act.customId({ draft }),
    pick: (menu) => pick.customId({ draft, menu }),
    change: (which) => reopen.customId({ draft, part: which }),
    turn: (which) => part.customId({ draft, part: which, what: 'turn' }),
    remove: (which) => part.customId({ draft, part: which, what: 'remove' }),
    press: (what) => press.customId({ draft, what }),
    save: (mode) => save.customId({ draft, mode }),
    open: (what) => open.customId({ draft, what }),
  };
}
