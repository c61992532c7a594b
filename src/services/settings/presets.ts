import type { Preset } from './preset.ts';
import largePublicServer from './presets/large-public-server.ts';
import smallCommunity from './presets/small-community.ts';
import supportServer from './presets/support-server.ts';

/** Every preset of settings, sorted. */
export const SETTINGS_PRESETS = {
  'large-public-server': largePublicServer,
  'small-community': smallCommunity,
  'support-server': supportServer,
} as const satisfies Readonly<Record<string, Preset>>;

export type SettingsPreset = keyof typeof SETTINGS_PRESETS;
export const SETTINGS_PRESET_NAMES = Object.keys(SETTINGS_PRESETS) as readonly SettingsPreset[]; // the keys of that very object
