import type { Answer, Button, Part, Select } from '../../services/answers/answer.ts';
import { clip, type Reader, renderPlain, t, type Words } from '../../services/answers/words.ts';
import { conditionWords } from '../../services/automod/condition-words.ts';
import type { Named } from '../../services/automod/names.ts';
import { actionWords, ruleFields } from '../../services/automod/rule-words.ts';
import { withoutGone } from './draft-changes.ts';
import { ACTION_MENU, TRIGGER_MENUS } from './kinds.ts';
import { type RuleDraft, whenOf } from './rule-draft.ts';

/** A part of a draft as menus and buttons name it: the third of its conditions is `c2`, its first action `a0`. */
export type PartId = string;

/** The custom ids of everything on the card. */
export interface BuilderIds {
  readonly add: (menu: keyof typeof TRIGGER_MENUS) => string;
  readonly act: () => string;
  /** Parts that are too many for one menu stand in several, which are numbered. */
  readonly pick: (menu: number) => string;
  readonly change: (part: PartId) => string;
  readonly turn: (part: PartId) => string;
  readonly remove: (part: PartId) => string;
  readonly press: (what: 'join' | 'group' | 'tidy' | 'discard') => string;
  readonly save: (mode: 'observe' | 'enforce') => string;
  readonly open: (what: 'names' | 'limits' | 'json') => string;
}

interface Shown {
  readonly ids: BuilderIds;
  readonly named: Named;
  readonly reader: Reader;
  /** The part that was picked to be changed. */
  readonly picked?: PartId | undefined;
}

/** A rule while it is made: what it says so far, and everything to go on with. */
export function builderCard(draft: RuleDraft, shown: Shown): Answer {
  const { ids } = shown;
  const when = whenOf(draft);
  const { head } = draft;
  const text: Part = when
    ? { kind: 'fields', fields: ruleFields({ ...head, when }, shown.named).slice(1) }
    : { kind: 'text', text: t('automod.builder.begin') };
  return {
    tone: 'info',
    title: t(draft.id === undefined ? 'automod.builder.new' : 'automod.builder.change', { name: head.name }),
    visible: 'private',
    parts: [
      text,
      ...Object.entries(TRIGGER_MENUS).map(
        ([menu, types]): Part => ({
          kind: 'select',
          select: {
            of: 'text',
            customId: ids.add(menu as keyof typeof TRIGGER_MENUS), // the keys of that very object
            placeholder: t(`automod.builder.menus.${menu as keyof typeof TRIGGER_MENUS}`),
            options: types.map((type) => ({
              value: type,
              label: t(`automod.kinds.${type}.name`),
              description: t(`automod.kinds.${type}.about`),
            })),
          },
        }),
      ),
      ...(when ? [{ kind: 'select', select: actionSelect(ids) } as const, ...partsOf(draft, shown)] : []),
      { kind: 'buttons', buttons: moreButtons(draft, ids) },
      { kind: 'buttons', buttons: endButtons(draft, shown) },
    ],
    next: t(when ? 'automod.builder.next' : 'automod.builder.nextEmpty'),
  };
}

function actionSelect(ids: BuilderIds): Select {
  return {
    of: 'text',
    customId: ids.act(),
    placeholder: t('automod.builder.menus.actions'),
    options: ACTION_MENU.map((name) => ({ value: name, label: t(`automod.deeds.${name}`) })),
  };
}

/** What a menu takes. */
const IN_A_MENU = 25;

/** What there is already, to be changed or taken away, and the buttons for what was picked of it. */
function partsOf(draft: RuleDraft, { ids, named, reader, picked }: Shown): readonly Part[] {
  const label = (words: Words) => clip(renderPlain(words, reader).replaceAll('`', ''), 100);
  const conditions = draft.parts.map((part, at) => ({
    value: `c${at}`,
    label: label(t('automod.builder.condition', { what: conditionWords(part, named) })),
  }));
  const actions = draft.head.actions.map((action, at) => ({
    value: `a${at}`,
    label: label(t('automod.builder.action', { what: actionWords(action, named) })),
  }));
  const options = [...conditions, ...actions].map((one) => ({ ...one, selected: one.value === picked }));
  const placeholder = t('automod.builder.menus.parts');
  const menus = Array.from({ length: Math.ceil(options.length / IN_A_MENU) }, (_, menu): Part => {
    const own = options.slice(menu * IN_A_MENU, (menu + 1) * IN_A_MENU);
    return { kind: 'select', select: { of: 'text', customId: ids.pick(menu), placeholder, options: own } };
  });
  if (picked === undefined) return menus;
  const buttons: Button[] = [
    {
      label: t('automod.builder.buttons.change'),
      customId: ids.change(picked),
      disabled: !isChangeable(draft, picked),
    },
    ...(picked.startsWith('c') ? [{ label: t('automod.builder.buttons.turn'), customId: ids.turn(picked) }] : []),
    { label: t('automod.builder.buttons.remove'), customId: ids.remove(picked), style: 'danger' },
  ];
  return [...menus, { kind: 'buttons', buttons }];
}

/** What joins others is changed as JSON alone. */
function isChangeable({ parts }: RuleDraft, picked: PartId): boolean {
  if (!picked.startsWith('c')) return true;
  const part = parts[Number(picked.slice(1))];
  return part !== undefined && 'type' in part;
}

function moreButtons({ join, parts }: RuleDraft, ids: BuilderIds): readonly Button[] {
  const several = parts.length > 1;
  return [
    ...(several
      ? [
          { label: t(`automod.builder.buttons.${join === 'all' ? 'any' : 'all'}`), customId: ids.press('join') },
          { label: t('automod.builder.buttons.group'), customId: ids.press('group') },
        ]
      : []),
    { label: t('automod.builder.buttons.names'), customId: ids.open('names') },
    { label: t('automod.builder.buttons.limits'), customId: ids.open('limits') },
    { label: t('automod.builder.buttons.json'), customId: ids.open('json') },
  ];
}

function endButtons(draft: RuleDraft, { ids, named }: Shown): readonly Button[] {
  const complete = whenOf(draft) !== undefined;
  const tidy = { label: t('automod.builder.buttons.tidy'), customId: ids.press('tidy') };
  return [
    {
      label: t('automod.builder.buttons.observe'),
      customId: ids.save('observe'),
      style: 'success',
      disabled: !complete,
    },
    {
      label: t('automod.builder.buttons.enforce'),
      customId: ids.save('enforce'),
      style: 'primary',
      disabled: !complete,
    },
    ...(withoutGone(draft, named) === draft ? [] : [tidy]),
    { label: t('automod.builder.buttons.discard'), customId: ids.press('discard') },
  ];
}
