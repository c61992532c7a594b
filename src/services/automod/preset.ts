import type { Key } from '../../lib/i18n.ts';
import type { Action, Condition, Rule } from '../../workers/rules/schema.ts';

type Name = Key extends infer K ? (K extends `automod.presets.names.${infer N}` ? N : never) : never;
type Answered = Key extends infer K ? (K extends `automod.presets.answers.${infer N}` ? N : never) : never;

/** What a preset's rule answers with, by its key: the words are the server's language. */
export interface PresetReply {
  readonly do: 'reply';
  readonly answer: Answered;
  readonly deleteAfter?: number;
}

/** A rule of a preset. Its id is the same in every server, so that the preset is known again and can be taken away. */
export interface PresetRule {
  readonly id: string;
  readonly name: Name;
  readonly when: Condition;
  readonly actions: readonly (Exclude<Action, { readonly do: 'reply' }> | PresetReply)[];
  readonly points?: number;
  readonly cooldown?: Rule['cooldown'];
  readonly on?: Rule['on'];
}

/** Rules that go together, which work as they are. */
export type Preset = readonly PresetRule[];

/** The rules as they are stored, with their words in one language. */
export function rulesOf(preset: Preset, say: (key: Key) => string): readonly Rule[] {
  return preset.map(({ id, name, when, actions, points = 0, cooldown, on = ['message', 'edit'] }) => ({
    ...{ id, name: say(`automod.presets.names.${name}`), enabled: true, mode: 'enforce', on, when, points },
    except: { roles: [], channels: [], members: [], rank: 3 },
    ...(cooldown && { cooldown }),
    actions: actions.map((action): Action => {
      if (!('answer' in action)) return action;
      const { answer, ...rest } = action;
      return { ...rest, text: say(`automod.presets.answers.${answer}`) };
    }),
  }));
}
