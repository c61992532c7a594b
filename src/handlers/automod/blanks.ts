import { t } from '../../services/answers/words.ts';
import type { Named } from '../../services/automod/names.ts';
import {
  ACTIONS,
  type Action,
  type ActionName,
  type Condition,
  TRIGGERS,
  type Trigger,
  type TriggerType,
} from '../../workers/rules/schema.ts';
import type { Form } from '../form.ts';
import { ACTION_FORMS } from './action-forms.ts';
import type { Entered } from './entered.ts';
import { type Shape, TRIGGER_FORMS } from './trigger-forms.ts';

export function isTrigger(type: string): type is TriggerType {
  return Object.hasOwn(TRIGGERS, type);
}

export function isAction(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}

/** The trigger itself, where there is nothing to say of it. */
export function plainTrigger(type: TriggerType): Trigger | undefined {
  return TRIGGER_FORMS[type] ? undefined : ({ type } as Trigger); // those without a form have no values
}

/** The action itself, where there is nothing to say of it. */
export function plainAction(name: ActionName): Action | undefined {
  return ACTION_FORMS[name] ? undefined : ({ do: name } as Action); // as above
}

export function formOfTrigger(type: TriggerType, held: Trigger | undefined, named: Named, customId: string): Form {
  const fields = shapeOf(type).fields(held, named);
  return { customId, title: t('automod.form.trigger', { what: t(`automod.kinds.${type}.name`) }), fields };
}

/** The trigger that was filled in. What stood there and is another kind gives nothing to it. */
export function conditionOf(type: TriggerType, entered: Entered, held: Condition | undefined): Trigger {
  const same = held && 'type' in held && held.type === type ? held : undefined;
  return shapeOf(type).read(entered, same);
}

export function formOfAction(name: ActionName, held: Action | undefined, named: Named, customId: string): Form {
  return { customId, title: t(`automod.deeds.${name}`), fields: shapeOfAction(name).fields(held, named) };
}

export function actionOf(name: ActionName, entered: Entered, held: Action | undefined): Action {
  return shapeOfAction(name).read(entered, held?.do === name ? held : undefined);
}

/** Each is kept under its own type, so that what is held fits it. */
function shapeOf(type: TriggerType): Shape<Trigger> {
  return TRIGGER_FORMS[type] as unknown as Shape<Trigger>;
}

function shapeOfAction(name: ActionName): Shape<Action> {
  return ACTION_FORMS[name] as unknown as Shape<Action>;
}
