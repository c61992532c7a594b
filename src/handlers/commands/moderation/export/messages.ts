import { UserError } from '../../../../services/answers/user-error.ts';
import { mention } from '../../../../services/answers/words.ts';
import { allowedOf } from '../../../../services/exports/request.ts';
import { ARCHIVED_TYPES } from '../../../archive-setting.ts';
import { defineCommand } from '../../../define.ts';
import { cancelMessageExport, EXPORT_RULES, handOverMessages } from '../../../message-export.ts';
import { boolean, channel, text, user } from '../../../options.ts';
import { LONGEST_PAST, readPast } from '../../../past-option.ts';

/** Messages that the archive keeps, as files, of the channels that whoever asks may read now; the server's log says who did. */
export default defineCommand({
  ...EXPORT_RULES,
  cooldown: { uses: 5, seconds: 60 },
  deadlineMs: 14 * 60_000,
  options: {
    format: text({ choices: ['jsonl', 'csv', 'html'] }),
    channel: channel({ optional: true, types: ARCHIVED_TYPES }),
    author: user({ optional: true }),
    from: text({ optional: true, max: LONGEST_PAST }),
    to: text({ optional: true, max: LONGEST_PAST }),
    text: text({ optional: true, min: 1, max: 200 }),
    packing: text({ optional: true, choices: ['zip', 'gzip', 'none'] }),
    folder: boolean({ optional: true }),
  },
  components: [cancelMessageExport],
  async run(asked, context) {
    const { interaction, options } = asked;
    if (!interaction.inCachedGuild()) throw new UserError('exports.none');
    const { member, user: person } = interaction;
    const { folder = false, format, packing = 'zip' } = options;
    if (folder && !context.gateway.isOwner(person.id)) throw new UserError('exports.folderIsTheOperators');
    const from = options.from === undefined ? undefined : await readPast(options.from, 'begin', interaction, context);
    const to = options.to === undefined ? undefined : await readPast(options.to, 'end', interaction, context);
    if (from && to && from >= to) throw new UserError('exports.emptySpan');
    const within = options.channel?.id;
    const words = options.text?.replaceAll('\0', ' ').trim();
    const request = {
      ...{ format, packing },
      ...(within !== undefined && { channel: within }),
      ...(options.author && { author: options.author.id }),
      ...(from && { from: from.getTime() }),
      ...(to && { to: to.getTime() }),
      ...(words !== undefined && { text: words }),
    };
    const allowed = await allowedOf(request, member, context);
    if (!allowed)
      throw within === undefined
        ? new UserError('exports.nothingReadable')
        : new UserError('exports.nothingReadableThere', { channel: mention('channel', within) });
    return await handOverMessages({ ...allowed, asked, request, folder }, context);
  },
});
