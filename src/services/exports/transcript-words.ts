import type { TranscriptWords } from '../../workers/exports/transcript.ts';
import { type Reader, renderPlain, t } from '../answers/words.ts';

/** What a transcript says beside the messages. */
export function transcriptWords(reader: Reader): TranscriptWords {
  return {
    language: reader.locale,
    title: renderPlain(t('exports.transcript.title'), reader),
    times: renderPlain(t('exports.transcript.times'), reader),
    edited: renderPlain(t('exports.transcript.edited'), reader),
    deleted: renderPlain(t('exports.transcript.deleted'), reader),
    earlier: renderPlain(t('exports.transcript.earlier'), reader),
    channelGone: renderPlain(t('exports.transcript.channelGone'), reader),
  };
}
