import { ENCODING_NAMES, ENCODINGS, type EncodingName } from '../../../lib/encodings/encodings.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { code, type Said, t } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';
import { resultAnswer } from '../../encoding-answer.ts';
import { text } from '../../options.ts';

/** Of bytes that are no text so many are shown. */
const MOST_BYTES = 512;
/** What is in no text, but for joined emoji: it would be shown as nothing, or turn what follows around. */
const UNPRINTABLE = /(?!\t|\n|\r|\u200d)[\p{Cc}\p{Cf}\p{Co}]/u;

/** Makes a text out of one that was written in another way. */
export default defineCommand({
  where: 'anywhere',
  visible: 'private',
  options: { from: text({ choices: ENCODING_NAMES }), text: text({ min: 1, max: 4_000 }) },
  run({ options: { from, text: given } }) {
    const decoded = ENCODINGS[from].decode(given);
    const name = nameOf(from);
    if (!decoded.ok && decoded.problem === 'incomplete') throw new UserError('commands.decode.incomplete', { name });
    if (!decoded.ok)
      throw new UserError('commands.decode.cannot', { found: code(decoded.found), at: decoded.at, name });
    const { bytes } = decoded;
    if (bytes.length === 0) throw new UserError('commands.decode.empty', { name });
    const plain = textOf(bytes);
    if (plain !== undefined) return resultAnswer({ title: name, text: plain, file: 'decoded.txt' });
    const note = t(bytes.length > MOST_BYTES ? 'commands.decode.bytesCut' : 'commands.decode.bytes', {
      count: bytes.length,
      shown: MOST_BYTES,
    });
    return resultAnswer({ title: name, text: hexOf(bytes.subarray(0, MOST_BYTES)), file: 'decoded.txt', note });
  },
});

function nameOf(encoding: EncodingName): Said {
  return t(`commands.encode.options.as.choices.${encoding}`);
}

/** The bytes as UTF-8 where they are a text that can be shown. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return UNPRINTABLE.test(text) ? undefined : text;
  } catch {
    return undefined; // that is how it says that it is no UTF-8
  }
}

function hexOf(bytes: Uint8Array): string {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  return pairs.join(' ').replaceAll(/(.{47}) /g, '$1\n');
}
