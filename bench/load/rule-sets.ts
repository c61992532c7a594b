import type { Rule } from '../../src/workers/rules/schema.ts';
import { floodRules } from './flood-rules.ts';

/** Deletes all that is nearly the same, once three of it were written within a minute, whoever wrote them. */
function variantRules(): readonly Rule[] {
  return [
    {
      id: 'variants',
      name: 'the same again and again',
      enabled: true,
      mode: 'enforce',
      on: ['message'],
      when: { type: 'flood', copies: 3, seconds: 60, by: 'anyone' },
      except: { roles: [], channels: [], members: [], rank: 10 },
      actions: [{ do: 'delete-copies' }],
      points: 0,
    },
  ];
}

/** What servers can have, by name. */
export const RULE_SETS = { flood: floodRules, variants: variantRules } as const;
export type RuleSetName = keyof typeof RULE_SETS;
