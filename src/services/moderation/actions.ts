import { Value } from '@sinclair/typebox/value';
import type { Said } from '../answers/words.ts';
import type { Action } from './action.ts';
import ban from './actions/ban.ts';
import channelDelete from './actions/channel-delete.ts';
import disarm from './actions/disarm.ts';
import emojiDelete from './actions/emoji-delete.ts';
import jail from './actions/jail.ts';
import kick from './actions/kick.ts';
import lockdown from './actions/lockdown.ts';
import nick from './actions/nick.ts';
import note from './actions/note.ts';
import prune from './actions/prune.ts';
import purge from './actions/purge.ts';
import rearm from './actions/rearm.ts';
import roleAdd from './actions/role-add.ts';
import roleDelete from './actions/role-delete.ts';
import roleRemove from './actions/role-remove.ts';
import selfTimeout from './actions/self-timeout.ts';
import slowmode from './actions/slowmode.ts';
import softban from './actions/softban.ts';
import stickerDelete from './actions/sticker-delete.ts';
import timeout from './actions/timeout.ts';
import unban from './actions/unban.ts';
import unjail from './actions/unjail.ts';
import unlock from './actions/unlock.ts';
import untimeout from './actions/untimeout.ts';
import voiceDeafen from './actions/voice-deafen.ts';
import voiceKick from './actions/voice-kick.ts';
import voiceKicks from './actions/voice-kicks.ts';
import voiceMove from './actions/voice-move.ts';
import voiceMoves from './actions/voice-moves.ts';
import voiceMute from './actions/voice-mute.ts';
import voiceUndeafen from './actions/voice-undeafen.ts';
import voiceUnmute from './actions/voice-unmute.ts';
import warn from './actions/warn.ts';

/** Every type of action, by its file's name, sorted. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  ban: ban,
  'channel-delete': channelDelete,
  disarm: disarm,
  'emoji-delete': emojiDelete,
  jail: jail,
  kick: kick,
  lockdown: lockdown,
  nick: nick,
  note: note,
  prune: prune,
  purge: purge,
  rearm: rearm,
  'role-add': roleAdd,
  'role-delete': roleDelete,
  'role-remove': roleRemove,
  'self-timeout': selfTimeout,
  slowmode: slowmode,
  softban: softban,
  'sticker-delete': stickerDelete,
  timeout: timeout,
  unban: unban,
  unjail: unjail,
  unlock: unlock,
  untimeout: untimeout,
  'voice-deafen': voiceDeafen,
  'voice-kick': voiceKick,
  'voice-kicks': voiceKicks,
  'voice-move': voiceMove,
  'voice-moves': voiceMoves,
  'voice-mute': voiceMute,
  'voice-undeafen': voiceUndeafen,
  'voice-unmute': voiceUnmute,
  warn: warn,
};

/** What exactly a case is about, where its type and target do not say it all. */
export function aboutOf(one: { readonly type: string; readonly data: unknown }): Said | undefined {
  const action = actionOf(one);
  return action && Value.Check(action.data, one.data) ? action.about?.(one.data) : undefined;
}

/** What whoever it was done to is told besides the case's own words. */
export function besidesOf(one: { readonly type: string; readonly data: unknown }): Said | undefined {
  const action = actionOf(one);
  return action && Value.Check(action.data, one.data) ? action.besides?.(one.data) : undefined;
}

/** The action of a case; nothing when this version of the bot does not know its type. */
export function actionOf({ type }: { readonly type: string }): Action | undefined {
  return Object.hasOwn(ACTIONS, type) ? ACTIONS[type] : undefined;
}
