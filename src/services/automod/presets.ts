import type { Preset } from './preset.ts';
import antiRaid from './presets/anti-raid.ts';
import antiScam from './presets/anti-scam.ts';
import antiSpam from './presets/anti-spam.ts';
import codingCommunity from './presets/coding-community.ts';
import familyFriendly from './presets/family-friendly.ts';

/** Every preset, sorted. */
export const PRESETS = {
  'anti-raid': antiRaid,
  'anti-scam': antiScam,
  'anti-spam': antiSpam,
  'coding-community': codingCommunity,
  'family-friendly': familyFriendly,
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;

export function isPreset(name: string): name is PresetName {
  return Object.hasOwn(PRESETS, name);
}
