import { Type } from '@sinclair/typebox';
import { PermissionFlagsBits } from 'discord.js';
import { type Answer, say } from '../../services/answers/answer.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { uploadLimitOf } from '../../services/answers/upload-limit.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import { type Exported, exportMessages, removeFiles, takeFile } from '../../services/exports/export-messages.ts';
import { allowedOf, ExportRequest } from '../../services/exports/request.ts';
import { isAbove } from '../../services/permissions/above.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { defineTimer } from '../timer.ts';

/** Makes an export that a process left when it was gone, and writes whoever asked for it a letter with the files. */
export default defineTimer({
  payload: Type.Composite([ExportRequest, Type.Object({ locale: Type.String() })]),
  missed: 'late',
  deadlineMs: 14 * 60_000,
  mostTries: 5,
  async deliver({ owner, guild = '', payload, nonce, send }, context, signal) {
    const { i18n, log } = context;
    const { locale, ...request } = payload;
    const reader = { i18n, locale };
    const letter = async (answer: Answer, name: string) => {
      const { body, files } = toPayload(answer, reader);
      return await writeLetter(
        owner,
        { body, files },
        (channel, message) => send(channel, message, `${nonce} ${name}`),
        context,
      );
    };
    const place = context.discord.guilds.cache.get(guild);
    const member = await place?.members.fetch(owner).catch(() => undefined);
    // Whoever has left, or may no longer have it, gets nothing.
    if (!member || !(member.permissions.has(PermissionFlagsBits.ManageGuild) || isAbove(guild, owner, context)))
      return { kind: 'done' };
    const allowed = await allowedOf(request, member, context);
    let exported: Exported = { rows: 0, files: [] };
    try {
      const discord = { kind: 'discord', uploadBytes: uploadLimitOf(null) } as const;
      if (allowed)
        exported = await exportMessages({ ...allowed, reader, place: discord, signal, onRows() {} }, context);
      const { rows, files } = exported;
      const next = t(`exports.next.${request.format}`);
      const words =
        rows === 0 ? say('exports.none') : say('exports.later', { count: rows, files: files.length }, { next });
      const refused = await letter(words, 'first');
      for (const file of refused ? [] : files) {
        const attached = { name: file.path.replace(/^.*[/\\]/, ''), bytes: await takeFile(file) };
        await letter(
          { ...say('cases.export.file', { number: file.number }), files: [attached] },
          `file ${file.number}`,
        );
      }
      if (refused) log.info({ guild, error: refused }, 'an export that was cut off could not be handed over');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      await letter({ tone: 'warning', parts: [{ kind: 'text', text: error.said }] }, 'refused');
    } finally {
      await removeFiles(exported.files);
    }
    return { kind: 'done' };
  },
});
