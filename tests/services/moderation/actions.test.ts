import { expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { ACTIONS } from '../../../src/services/moderation/actions.ts';

test.each(Object.entries(ACTIONS))('%s has a name, and words for whom it is done to', (type, { tells, ofPerson }) => {
  const i18n = createI18n();
  expect(i18n.has(`moderation.types.${type}`)).toBe(true);
  const told = (tells ?? true) && (ofPerson ?? true);
  expect(i18n.has(`moderation.notice.${type}`)).toBe(told);
});
