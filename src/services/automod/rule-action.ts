import type { Action, ActionName, ActionOf } from '../../workers/rules/schema.ts';
import { lasting, type Said, type Words } from '../answers/words.ts';
import type { Named } from './names.ts';

/** What is done to whoever wrote it; with an end where `seconds` are given. */
export interface Sanction {
  readonly type: 'warn' | 'timeout' | 'kick' | 'ban';
  readonly seconds?: number | undefined;
  readonly deleteDays?: number | undefined;
  /** Whether it is only a place for points, which nobody is told of. */
  readonly silent: boolean;
}

/** What an action adds to the plan of all rules that hold of a message. */
export type Part =
  | { readonly kind: 'removes'; readonly what: 'message' | 'copies' }
  | { readonly kind: 'sanction'; readonly sanction: Sanction }
  | {
      readonly kind: 'role';
      readonly type: 'role-add' | 'role-remove';
      readonly role: string;
      readonly seconds: number | undefined;
    }
  | { readonly kind: 'slowmode'; readonly seconds: number; readonly for: number }
  | { readonly kind: 'alert'; readonly channel: string | undefined }
  | { readonly kind: 'log' }
  | { readonly kind: 'reply'; readonly words: string; readonly deleteAfter: number | undefined };

interface Doing<A> {
  /** The command by which a moderator would do the same; nothing for what only tells something. */
  readonly command?: string;
  /** Whether it has no point any more where a message was missed for long [false]. */
  readonly passes?: true;
  readonly part: (action: A) => Part;
  /** What it does, to go on with others after a comma. */
  readonly words: (action: A, named: Named) => Said;
}

/** What a rule can do; its name is its file's, its values are those of the schema. */
export type RuleAction = Doing<Action>;

export function defineRuleAction<A extends ActionName>(action: Doing<ActionOf<A>>): RuleAction {
  return action as unknown as RuleAction; // its own functions are given actions of its own name alone
}

/** How long something lasts, in words. */
export function spanWords(seconds: number): Words {
  return lasting(seconds * 1_000);
}
