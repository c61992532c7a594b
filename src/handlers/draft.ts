import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { BaseInteraction } from 'discord.js';
import type { JSONValue } from 'postgres';
import type { Context } from '../context.ts';
import { insertDraft, takeDraft } from '../db/drafts.ts';
import { type Answer, type Part, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { t, type Words } from '../services/answers/words.ts';
import { type Asked, defineComponent, type Rules } from './define.ts';

const DraftState = Type.Object({ draft: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });

interface DraftKind<S extends TSchema> extends Rules {
  /** As `confirm` and `drop` are called: `<id>.confirm`. */
  readonly id: string;
  readonly schema: S;
  /** Keeps what was confirmed, in the name of who confirmed it, by the press that is `asked`. */
  readonly store: (body: Static<S>, owner: string, context: Context, asked: Asked<BaseInteraction>) => Promise<Answer>;
}

interface Shown {
  readonly title: Words;
  readonly parts: readonly Part[];
  readonly yes: Words;
}

/** What is shown before it is stored, and stored by one press of its author. It waits in the database for a day. */
export function defineDraft<const S extends TSchema>({ id: kind, schema, store, ...rules }: DraftKind<S>) {
  const confirm = defineComponent({
    ...rules,
    kind: 'button',
    id: `${kind}.confirm`,
    version: 1,
    state: DraftState,
    async run(asked, context) {
      const { user } = asked.interaction;
      const which = { id: asked.state.draft, owner: user.id, kind };
      const body = await takeDraft(context.db, which);
      if (!Value.Check(schema, body)) throw new UserError('drafts.gone');
      try {
        return await store(body, user.id, context, asked);
      } catch (error) {
        await insertDraft(context.db, which, body as JSONValue); // what stood in the way may pass
        throw error;
      }
    },
  });
  const drop = defineComponent({
    ...rules,
    kind: 'button',
    id: `${kind}.drop`,
    version: 1,
    state: DraftState,
    async run({ interaction: { user }, state: { draft } }, { db }) {
      await takeDraft(db, { id: draft, owner: user.id, kind });
      return say('drafts.dropped');
    },
  });
  const ask = async (body: Static<S>, owner: string, shown: Shown, { db }: Context): Promise<Answer> => {
    const draft = crypto.randomUUID();
    await insertDraft(db, { id: draft, owner, kind }, body as JSONValue); // its schema is one of plain data
    const buttons = [
      { label: shown.yes, style: 'success', customId: confirm.customId({ draft }) },
      { label: t('drafts.no'), customId: drop.customId({ draft }) },
    ] as const;
    return {
      tone: 'info',
      title: shown.title,
      parts: [...shown.parts, { kind: 'buttons', buttons }],
      next: t('drafts.notYet'),
    };
  };
  return { ask, components: [confirm, drop] };
}
