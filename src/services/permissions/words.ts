import type { Key } from '../../lib/i18n.ts';
import { t, type Words } from '../answers/words.ts';
import { HIGHEST_RANK } from './ranks.ts';

const NAMES: readonly Key[] = [
  'ranks.0',
  'ranks.1',
  'ranks.2',
  'ranks.3',
  'ranks.4',
  'ranks.5',
  'ranks.6',
  'ranks.7',
  'ranks.8',
  'ranks.9',
  'ranks.10',
];

/** A rank with what it is for: "6 (bans people)". */
export function rankWords(rank: number): Words {
  return t(NAMES[Math.min(Math.max(rank, 0), HIGHEST_RANK)] ?? 'ranks.0');
}
