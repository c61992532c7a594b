import { Type } from '@sinclair/typebox';
import { encodeCustomId } from '../answers/custom-id.ts';

const BrakeState = Type.Object({ brake: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });
const VERSION = 1;

/** What the buttons under the alert of a brake are called and remember. */
export const BRAKE_BUTTONS = {
  undo: { id: 'brake.undo', version: VERSION, state: BrakeState },
  lift: { id: 'brake.lift', version: VERSION, state: BrakeState },
} as const;

export function brakeButtonId(button: keyof typeof BRAKE_BUTTONS, brake: string): string {
  const { id, version, state } = BRAKE_BUTTONS[button];
  return encodeCustomId(id, version, state, { brake });
}
