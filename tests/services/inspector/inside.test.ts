import { expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { render, type Words } from '../../../src/services/answers/words.ts';
import { cardOf } from '../../../src/services/inspector/card.ts';
import { levelOf } from '../../../src/workers/inspect/report.ts';
import { zip } from '../../files/zip.ts';
import { inspect } from '../../workers/inspect/inspecting.ts';

test('what was found in an archive in an archive is said in full, and names in it are no markdown', async () => {
  const inner = zip([{ path: 'free **nitro**.exe', content: 'x' }]);
  const bytes = zip([{ path: 'everyone.zip', content: inner }]);
  const report = await inspect(bytes, 'gift.zip');
  const file = { name: 'gift.zip', size: bytes.length, url: 'https://cdn.example/gift.zip', contentType: null };
  const card = cardOf({ file, level: levelOf(report), report, sha256: '0'.repeat(64), id: '1' });
  const points = card.parts?.flatMap((part): readonly Words[] => (part.kind === 'points' ? part.points : [])) ?? [];
  const said = points.map((one) => render(one, { i18n: createI18n(), locale: 'en' }));
  expect(said).toEqual(['in everyone.zip: programs in it (1): free \\*\\*nitro\\*\\*.exe']);
});
