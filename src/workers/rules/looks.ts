import type { Facts } from './facts.ts';
import { COSTS, type Look, type Looked } from './look.ts';
import type { CompiledTrigger } from './program.ts';
import type { TriggerType } from './schema.ts';
import accountAge from './triggers/account-age.ts';
import capitals from './triggers/capitals.ts';
import category from './triggers/category.ts';
import channel from './triggers/channel.ts';
import edited from './triggers/edited.ts';
import emoji from './triggers/emoji.ts';
import everyone from './triggers/everyone.ts';
import file from './triggers/file.ts';
import files from './triggers/files.ts';
import flood from './triggers/flood.ts';
import forwarded from './triggers/forwarded.ts';
import invite from './triggers/invite.ts';
import joined from './triggers/joined.ts';
import length from './triggers/length.ts';
import lines from './triggers/lines.ts';
import link from './triggers/link.ts';
import mentions from './triggers/mentions.ts';
import pattern from './triggers/pattern.ts';
import picture from './triggers/picture.ts';
import rate from './triggers/rate.ts';
import repeats from './triggers/repeats.ts';
import role from './triggers/role.ts';
import shell from './triggers/shell.ts';
import spoilers from './triggers/spoilers.ts';
import stickers from './triggers/stickers.ts';
import thread from './triggers/thread.ts';
import words from './triggers/words.ts';
import zalgo from './triggers/zalgo.ts';

/** How every type of trigger is looked for, one line each. */
const LOOKS: { readonly [T in TriggerType]: Look<T> } = {
  'account-age': accountAge,
  capitals,
  category,
  channel,
  edited,
  emoji,
  everyone,
  file,
  files,
  flood,
  forwarded,
  invite,
  joined,
  length,
  lines,
  link,
  mentions,
  pattern,
  picture,
  rate,
  repeats,
  role,
  shell,
  spoilers,
  stickers,
  thread,
  words,
  zalgo,
};

/** Looks for one trigger of a server, which is told with its number. */
export function lookFor(trigger: CompiledTrigger, index: number, facts: Facts): Looked {
  const { look } = LOOKS[trigger.type] as Look<TriggerType>; // the list has each under its own type
  return look(trigger as never, facts, index); // and so it takes this one
}

/** The place of a trigger among others, those that cost least first. */
export function costOf({ type }: CompiledTrigger): number {
  return COSTS.indexOf(LOOKS[type].cost);
}
