import { ENCODING_NAMES, ENCODINGS } from '../../../lib/encodings/encodings.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { code, t } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';
import { resultAnswer } from '../../encoding-answer.ts';
import { text } from '../../options.ts';

/** Writes a text in another way. */
export default defineCommand({
  where: 'anywhere',
  visible: 'private',
  options: { as: text({ choices: ENCODING_NAMES }), text: text({ min: 1, max: 4_000 }) },
  run({ options }) {
    const encoded = ENCODINGS[options.as].encode(options.text);
    const name = t(`commands.encode.options.as.choices.${options.as}`);
    if (!encoded.ok)
      throw new UserError('commands.encode.cannot', { found: code(encoded.found), at: encoded.at, name });
    return resultAnswer({ title: name, text: encoded.text, file: 'encoded.txt' });
  },
});
