import type { PresetName as RulesName } from '../automod/presets.ts';
import type { AreaName, AreaValue } from './areas.ts';

/** Settings that go together, which name no channel, role or member, so that they fit every server. What is not named stays. */
export interface Preset {
  readonly areas: { readonly [N in AreaName]?: Partial<AreaValue<N>> };
  /** Presets of automod whose rules come with it. */
  readonly rules: readonly RulesName[];
}
