import { t } from '../../answers/words.ts';
import { channelWords } from '../names.ts';
import { defineRuleAction } from '../rule-action.ts';

/** Tells moderators, with buttons. */
export default defineRuleAction<'alert'>({
  part: ({ channel }) => ({ kind: 'alert', channel }),
  words: ({ channel }, named) =>
    channel === undefined
      ? t('automod.then.alert')
      : t('automod.then.alertIn', { channel: channelWords(channel, named) }),
});
