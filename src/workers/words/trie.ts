import { type Layout, STATE } from './layout.ts';

/** States that sorted keys need, the start included; stops counting beyond `most`. */
export function countStates(keys: readonly string[], most: number): number {
  let count = 1;
  let last = '';
  for (const key of keys) {
    count += key.length - sharedLength(last, key);
    if (count > most) return count;
    last = key;
  }
  return count;
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

/**
 * Lays the states of sorted keys, each there once, level by level: so the steps of a state stand side by side. The place of a
 * key is its number from 1.
 */
export function layStates(automaton: Int32Array, { states }: Layout, keys: readonly string[], count: number): void {
  // The keys that go through a state stand together, too.
  const firstKey = new Int32Array(count);
  const pastKey = new Int32Array(count);
  pastKey[0] = keys.length;
  let made = 1;
  for (let depth = 0, from = 0, past = 1; from < past; depth++, from = past, past = made) {
    for (let state = from; state < past; state++) {
      const own = states + state * STATE.size;
      automaton[own + STATE.first] = made;
      let key = firstKey[state] ?? 0;
      const end = pastKey[state] ?? 0;
      if (keys[key]?.length === depth) automaton[own + STATE.place] = ++key;
      while (key < end) {
        const unit = keys[key]?.charCodeAt(depth) ?? 0;
        firstKey[made] = key;
        while (key < end && keys[key]?.charCodeAt(depth) === unit) key++;
        pastKey[made] = key;
        automaton[states + made * STATE.size + STATE.unit] = unit;
        made++;
      }
    }
  }
  automaton[states + count * STATE.size + STATE.first] = count;
}
