const SYLLABLES = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'ha',
  'je',
  'ki',
  'lo',
  'mu',
  'na',
  'pe',
  'ri',
  'so',
  'tu',
  'va',
  'we',
  'xi',
  'yo',
  'zu',
];

/** As many different terms of six to twelve letters; every twentieth is of two words, every fortieth has a wildcard. The same ones each time. */
export function terms(amount: number): readonly string[] {
  return Array.from({ length: amount }, (_, at) => {
    const word = spelt(at * 7_919 + 8_000);
    if (at % 40 === 0) return `${word.slice(0, 4)}*${word.slice(4)}`;
    return at % 20 === 10 ? `${word} ${spelt(at % 400)}ba` : word;
  });
}

/** A number by syllables: another number is another word. */
function spelt(number: number): string {
  let word = '';
  for (let rest = number; rest > 0 || word.length < 2; rest = Math.floor(rest / 20)) word += SYLLABLES[rest % 20];
  return word;
}
