/** Texts have few, and no zero; what is compressed or compiled has a tenth. */
const MOST_CONTROLS = 0.02;
const FEW_CONTROLS = 4;

export function tooManyControls(head: Uint8Array): boolean {
  let controls = 0;
  for (const byte of head) if (isControl(byte)) controls++;
  return controls > Math.max(FEW_CONTROLS, head.length * MOST_CONTROLS);
}

/** Below the space, save tab, line ends, form feed and the escape of coloured logs. */
export function isControl(byte: number): boolean {
  return byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27;
}
