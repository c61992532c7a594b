import { archiveCard } from '../../../archive-setting.ts';
import { defineCommand } from '../../../define.ts';

/** Says to anybody what of the server's messages is kept, and for how long. */
export default defineCommand({
  visible: 'private',
  run: (asked, context) => archiveCard(asked, context),
});
