/** `timeZone` in code is `time-zone` at Discord, which knows no capitals. */
export function optionName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
