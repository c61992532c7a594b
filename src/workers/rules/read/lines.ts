/** The texts in a file: those of an array of JSON, or its lines; empty ones are left out. What is no UTF-8 is read as far as it can be. */
export function linesOf(file: SharedArrayBuffer): readonly string[] {
  const text = new TextDecoder().decode(new Uint8Array(file).slice()); // decoders take no shared memory
  const listed = text.trimStart().startsWith('[') ? textsIn(text) : undefined;
  return (listed ?? text.split(/\r?\n/)).filter((line) => line.trim() !== '');
}

function textsIn(json: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
  } catch {
    return undefined; // a first line may begin with a bracket
  }
}
