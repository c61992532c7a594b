import type { Context } from '../../context.ts';
import { type Brake, casesBraked } from '../../db/brakes.ts';
import type { Answer, Button } from '../answers/answer.ts';
import { mention, type Said, t, timestamp, type Words } from '../answers/words.ts';
import { actionOf } from './actions.ts';
import { brakeButtonId } from './brake-buttons.ts';
import { BRAKED_TYPES } from './brake-kinds.ts';
import { serverOf } from './members.ts';
import type { Case } from './moderation.ts';
import { targetWords, typeWords } from './notice.ts';

/** What of the list is shown; the rest is counted, up to so many. */
const SHOWN = 10;
const MOST_COUNTED = 1_000;

/** What the owner is told when an account did too much: who, what they did, and how to take that back. */
export async function brakeAlert(brake: Brake, context: Context): Promise<Answer> {
  const { discord, db, settings } = context;
  const own = brake.actor === discord.user?.id;
  const cases = await casesBraked(db, brake, BRAKED_TYPES, MOST_COUNTED);
  const last = cases.slice(-SHOWN).reverse();
  const rest = cases.length - last.length;
  const { brakeTakesRoles } = await settings.of(brake.guild, 'moderation');
  return {
    tone: 'bad',
    title: t(own ? 'brake.ownTitle' : 'brake.title'),
    parts: [
      { kind: 'text', text: await whatWords(brake, own, context) },
      {
        kind: 'lines',
        title: t('brake.list', { count: cases.length }),
        lines: [...last.map((one) => line(one, context)), ...(rest > 0 ? [t('brake.more', { count: rest })] : [])],
      },
      { kind: 'buttons', buttons: buttonsOf(brake, own) },
      ...(brakeTakesRoles && !own ? [{ kind: 'small', text: t('brake.takesRoles') } as const] : []),
      ...(brake.ownerTold === 'closed' ? [{ kind: 'small', text: t('brake.ownerClosed') } as const] : []),
    ],
    next: t(own ? 'brake.ownNext' : 'brake.next'),
  };
}

async function whatWords(
  { guild, actor, actorName, what, since }: Brake,
  own: boolean,
  context: Context,
): Promise<Said> {
  const { name: server } = await serverOf(guild, context);
  const params = { who: mention('user', actor), name: actorName, server, since: timestamp(since) };
  return t(own ? 'brake.own' : `brake.what.${what}`, params);
}

function buttonsOf({ id }: Brake, own: boolean): readonly Button[] {
  const undo: Button = { label: t('brake.undo'), style: 'danger', customId: brakeButtonId('undo', id) };
  if (own) return [undo];
  return [undo, { label: t('brake.lift'), style: 'secondary', customId: brakeButtonId('lift', id) }];
}

function line(one: Case, context: Context): Words {
  const action = actionOf(one);
  const params = {
    number: one.number,
    type: typeWords(one, context),
    who: targetWords(one, action?.ofPerson ?? true),
  };
  return t(action?.undoneBy === undefined ? 'brake.forGood' : 'brake.line', params);
}
