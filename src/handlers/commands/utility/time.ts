import type { User } from 'discord.js';
import type { Context } from '../../../context.ts';
import { sayZone } from '../../../lib/time/offsets.ts';
import { wallOf } from '../../../lib/time/wall.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { lasting, mention, type Said, t } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';
import { text, user } from '../../options.ts';
import { clockIn, offerZones, readZone } from '../../zone-option.ts';

const MENTION = /^<@!?(\d{17,20})>$/;

/** What the clocks show in a zone or where a person is, and how far that is from whoever asks. */
export default defineCommand({
  where: 'anywhere',
  visible: 'private',
  options: {
    in: text({ optional: true, max: 64, autocomplete: offerZones }),
    of: user({ optional: true }),
  },
  async run({ interaction, options }, context) {
    const own = await context.zones.zoneOf(interaction.user.id, interaction.guildId);
    const typed = options.in?.trim();
    const person = options.of?.id ?? (typed === undefined ? undefined : MENTION.exec(typed)?.[1]);
    if (person !== undefined) return timeOf(person, own, options.of, context);
    return answer(typed === undefined ? own : readZone(typed), own, context);
  },
});

/** A person's zone is known only if they have set one. */
async function timeOf(person: string, own: string, known: User | undefined, context: Context): Promise<Answer> {
  if (known?.bot) throw new UserError('commands.time.aBot');
  const zone = await context.zones.own(person);
  const who = mention('user', person);
  if (zone === undefined) throw new UserError('commands.time.notSet', { who });
  return answer(zone, own, context, t('commands.time.person', { who }));
}

function answer(zone: string, own: string, { now }: Pick<Context, 'now'>, who?: Said): Answer {
  const at = now();
  const clock = t('commands.time.clock', { zone: sayZone(zone), clock: clockIn(zone, at) });
  return { tone: 'info', parts: [{ kind: 'lines', lines: [...(who ? [who] : []), clock, difference(zone, own, at)] }] };
}

function difference(zone: string, own: string, at: Date): Said {
  const there = wallOf(at, zone).toZonedDateTime('UTC').epochMilliseconds;
  const here = wallOf(at, own).toZonedDateTime('UTC').epochMilliseconds;
  if (there === here) return t('commands.time.same', { own: sayZone(own) });
  const span = lasting(Math.abs(there - here));
  return t(there > here ? 'commands.time.ahead' : 'commands.time.behind', { span, own: sayZone(own) });
}
