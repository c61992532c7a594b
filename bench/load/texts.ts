const encoder = new TextEncoder();

/** Parts one after the other until there are so many bytes; no two of them alike. */
export function textOf(bytes: number, part: (at: number) => string, { start = '', between = '\n', end = '\n' } = {}) {
  const parts: string[] = [];
  for (let at = 0, size = start.length + end.length; size < bytes; at++) {
    const next = part(at);
    parts.push(next);
    size += next.length + between.length;
  }
  return encoder.encode(`${start}${parts.join(between)}${end}`);
}

/** An array of records, as an export of some service has them. */
export function jsonOf(bytes: number): Uint8Array {
  return textOf(bytes, record, { start: '[', between: ',\n', end: ']\n' });
}

/** The same, a record a line. */
export function ndjsonOf(bytes: number): Uint8Array {
  return textOf(bytes, record);
}

function record(at: number): string {
  return JSON.stringify({
    id: at,
    name: `Person ${at % 5_000}`,
    tags: ['penguin', `group ${at % 7}`],
    place: { latitude: (at * 37) % 90, longitude: -((at * 53) % 180) },
    active: at % 3 === 0,
    note: at % 11 === 0 ? null : `seen ${at % 1_000} times`,
  });
}

/** Services with their settings, as deployments describe them. */
export function yamlOf(bytes: number): Uint8Array {
  return textOf(
    bytes,
    (at) =>
      `  service-${at}:\n    image: registry.example.org/app:${at % 40}\n    replicas: ${at % 9}\n    ports:\n      - "80${at % 90}:80"\n    environment: { MODE: production, LEVEL: ${at % 5} }`,
    { start: 'services:\n' },
  );
}

/** Settings in tables. */
export function tomlOf(bytes: number): Uint8Array {
  return textOf(bytes, (at) => `[[server]]\nname = "host-${at}"\nport = ${8_000 + (at % 900)}\ntags = ["a", "b"]\n`);
}

/** A script of many commands. */
export function scriptOf(bytes: number): Uint8Array {
  return textOf(bytes, (at) => `step_${at}() { cp "file-${at}" /srv/data/ && echo "copied ${at}"; }`, {
    start: '#!/bin/sh\nset -eu\n',
  });
}

/** Prose, which is no kind of data. */
export function proseOf(bytes: number): Uint8Array {
  return textOf(bytes, (at) => `Penguin ${at} hopped from rock to rock while the other ${at % 90} looked on.`);
}
