import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { BaseInteraction } from 'discord.js';
import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { changeDraft, insertDraft, readDraft, takeDraft } from '../../db/drafts.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { ruleProblemInWords } from '../../services/automod/problem-in-words.ts';
import { problemsOf } from '../../workers/rules/check.ts';
import { type Condition, Rule } from '../../workers/rules/schema.ts';

const KIND = 'automod.rule';

/** A rule while somebody makes or changes it: its condition as the parts that stand side by side, of which there may be none yet. */
export type RuleDraft = Static<typeof RuleDraft>;
const RuleDraft = Type.Object({
  /** The rule that is changed; a new one without. */
  id: Type.Optional(Rule.properties.id),
  /** What was stored when it was begun, as JSON: somebody else may change it meanwhile. */
  base: Type.Optional(Type.String()),
  head: Type.Omit(Rule, ['id', 'when']),
  join: Type.Union([Type.Literal('all'), Type.Literal('any')]),
  parts: Type.Array(Rule.properties.when),
});

/** With what a new rule begins. */
export function newDraft(name: string): RuleDraft {
  const head: RuleDraft['head'] = {
    ...{ name, enabled: true, mode: 'observe', on: ['message', 'edit'], actions: [], points: 0 },
    except: { roles: [], channels: [], members: [], rank: 3 },
  };
  return { head, join: 'all', parts: [] };
}

/** The draft of a rule that is there. `base` is its JSON as it is stored. */
export function draftOf({ id, when, ...head }: Rule, base?: string): RuleDraft {
  const [join, parts] = partsOf(when);
  return { ...(base !== undefined && { id, base }), head, join, parts: [...parts] };
}

function partsOf(when: Condition): readonly [RuleDraft['join'], readonly Condition[]] {
  if ('type' in when || 'not' in when) return ['all', [when]];
  return 'any' in when ? ['any', when.any] : ['all', when.all];
}

/** What the parts are together; nothing while there are none. */
export function whenOf({ join, parts }: Pick<RuleDraft, 'join' | 'parts'>): Condition | undefined {
  const [first, ...rest] = parts;
  if (!first || rest.length === 0) return first;
  return join === 'all' ? { all: parts } : { any: parts };
}

/** Keeps a draft for a day, and gives its id. */
export async function keepRuleDraft(draft: RuleDraft, { user }: BaseInteraction, { db }: Context): Promise<string> {
  const id = crypto.randomUUID();
  await insertDraft(db, { id, owner: user.id, kind: KIND }, draft as JSONValue); // its schema is one of plain data
  return id;
}

/** UserError when it is gone or somebody else's. */
export async function readRuleDraft(id: string, { user }: BaseInteraction, { db }: Context): Promise<RuleDraft> {
  const body = await readDraft(db, { id, owner: user.id, kind: KIND });
  if (Value.Check(RuleDraft, body)) return body;
  throw new UserError('automod.draft.gone');
}

/** UserError when it is gone or somebody else's, or it would be none of a rule any more: then it stays as it was. */
export async function changeRuleDraft(
  id: string,
  draft: RuleDraft,
  { user }: BaseInteraction,
  { db }: Context,
): Promise<void> {
  mustFit(draft);
  const there = await changeDraft(db, { id, owner: user.id, kind: KIND }, draft as JSONValue); // as above
  if (!there) throw new UserError('automod.draft.gone');
}

function mustFit(draft: RuleDraft): void {
  const { head, id = 'abcdefgh' } = draft;
  const rule = { ...head, id, when: whenOf(draft) ?? { type: 'thread' } };
  if (Value.Check(RuleDraft, draft)) return;
  const [problem] = problemsOf(rule);
  if (problem) throw new UserError('automod.draft.unfit', { problem: ruleProblemInWords(problem) });
}

export async function dropRuleDraft(id: string, { user }: BaseInteraction, { db }: Context): Promise<void> {
  await takeDraft(db, { id, owner: user.id, kind: KIND });
}
