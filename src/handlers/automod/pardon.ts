import { type BaseInteraction, PermissionFlagsBits as P } from 'discord.js';
import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { markPardoned } from '../../db/automod-alert-cases.ts';
import type { Alert } from '../../db/automod-alerts.ts';
import type { Within } from '../../db/connect.ts';
import { say } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { list } from '../../services/answers/words.ts';
import { ALERT_BUTTONS } from '../../services/automod/alert-buttons.ts';
import { isLasting } from '../../services/moderation/lasting.ts';
import type { Case } from '../../services/moderation/moderation.ts';
import { undoingOf } from '../../services/moderation/undo.ts';
import { mustMayChange, mustMayTakeBack, readCase } from '../case-rights.ts';
import { type Asked, defineComponent } from '../define.ts';
import { moderateAll, type Wish } from '../moderate.ts';
import { ALERT_RULES, alertOf, inServersWords, type Pressed, take } from './alert-turn.ts';

/** As many as are looked at in one go; the button stays for the rest. */
const MOST_CASES = 25;

/**
 * Says that the cases to which an alert has led do not count, whoever of a flood they are about, and takes back what they have done, by the
 * rights of `/case void` and `/undo`.
 */
export const pardonByAlert = defineComponent({
  ...ALERT_RULES,
  ...ALERT_BUTTONS.pardon,
  needs: P.ModerateMembers,
  async run(asked, context) {
    const alert = await alertOf(asked, context);
    const cases = await casesOf(alert, asked, context);
    if (cases.length === 0) throw new UserError('errors.outdatedComponent');
    const why = await inServersWords('automod.alert.whyPardoned', alert, asked.interaction, context);
    const wishes: Wish[] = [];
    for (const one of cases) {
      const undoing = await takenBackBy(one, asked, context);
      const targets = [{ id: one.target, name: one.targetName }];
      if (undoing) wishes.push({ ...undoing, targets, reason: why });
    }
    const also = pardoning(alert, cases, why, asked, context);
    if (wishes.length > 0) return await moderateAll(asked, wishes, context, also);
    await context.database.begin((tx, notify) => also({ tx, notify }));
    const numbers = list(cases.map(({ number }) => String(number)));
    return say('automod.alert.pardoning', { count: cases.length, cases: numbers }, { tone: 'good' });
  },
});

/** Those that count still. */
async function casesOf({ cases: led }: Alert, { interaction }: Pressed, context: Context): Promise<readonly Case[]> {
  const open = led.filter(({ pardoned }) => !pardoned).slice(0, MOST_CASES);
  const cases = await Promise.all(open.map(({ number }) => readCase(number, interaction, context)));
  if (cases.some(({ state }) => state === 'pending')) throw new UserError('cases.amend.pending');
  return cases;
}

/** What takes a case back; nothing where nothing of it lasts, or there is nothing that could be given back. */
async function takenBackBy(
  one: Case,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<Pick<Wish, 'type' | 'data' | 'until'> | undefined> {
  if (one.state === 'void') return undefined;
  const lasts = isLasting(one, context.now());
  // What a rule has taken is over at once, as far as its case goes, and is missed all the same.
  const taken = one.type === 'role-remove' && one.endedAt === null;
  if (!lasts && !taken) {
    await mustMayChange(one, asked, context);
    return undefined;
  }
  await mustMayTakeBack(one, asked, context);
  try {
    return await undoingOf(one, context, asked.signal);
  } catch (error) {
    if (lasts || !(error instanceof UserError)) throw error;
    return undefined;
  }
}

/** What is written with what takes them back: who has pardoned them, and that they are not to count once that is done. */
function pardoning(alert: Alert, cases: readonly Case[], why: string, asked: Pressed, context: Context) {
  const taking = take('pardon', alert, asked, context);
  const due = context.now();
  return async (within: Within): Promise<void> => {
    await taking(within);
    await markPardoned(within.tx, { group: alert.group, numbers: cases.map(({ number }) => number) });
    for (const { target: owner, guild, number } of cases) {
      const payload: JSONValue = { case: number, by: asked.interaction.user.id, why };
      await context.timers.addWithin(within, { kind: 'automod-pardon', owner, guild, payload, due, zone: 'UTC' });
    }
  };
}
