import { drawPicture } from '../http/pictures.ts';
import { makePdf } from './sample-pdf.ts';
import { makeZip } from './sample-zip.ts';

/** A file to try the bot with, made when the sandbox starts. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export interface SampleListed {
  readonly name: string;
  readonly url: string;
  readonly size: number;
  readonly type: string;
}

const encoder = new TextEncoder();

/** The same files in every run: a table, a document, a log, an archive, a PDF and a picture. */
export async function makeSamples(): Promise<ReadonlyMap<string, Sample>> {
  const picture = drawPicture('colony', 512);
  const texts = { csv: sales(), json: inventory(), log: serverLog() };
  const archive = await makeZip([
    { name: 'readme.txt', bytes: encoder.encode('Field notes of one season.\n') },
    { name: 'notes/sales.csv', bytes: encoder.encode(texts.csv) },
    { name: 'notes/station.log', bytes: encoder.encode(texts.log) },
    { name: 'pictures/colony.png', bytes: picture },
  ]);
  const samples: Sample[] = [
    { name: 'sales.csv', bytes: encoder.encode(texts.csv), contentType: 'text/csv; charset=utf-8' },
    { name: 'inventory.json', bytes: encoder.encode(texts.json), contentType: 'application/json; charset=utf-8' },
    { name: 'station.log', bytes: encoder.encode(texts.log), contentType: 'text/plain; charset=utf-8' },
    { name: 'season.zip', bytes: archive, contentType: 'application/zip' },
    { name: 'handbook.pdf', bytes: makePdf(HANDBOOK), contentType: 'application/pdf' },
    { name: 'colony.png', bytes: picture, contentType: 'image/png' },
  ];
  return new Map(samples.map((sample) => [sample.name, sample]));
}

const HANDBOOK = [
  ['Handbook of the colony', '', 'Welcome. This short handbook is a sample file of the sandbox.'],
  ['Rules', '', '1. Be kind.', '2. One topic a channel.', '3. Ask before you post pictures of others.'],
];

/** Numbers that look random and are the same in every run. */
function* pseudoRandom(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function sales(): string {
  const random = pseudoRandom(7);
  const pick = <T>(list: readonly T[], otherwise: T): T =>
    list[Math.floor(random.next().value * list.length)] ?? otherwise;
  const rows = Array.from({ length: 1_200 }, (_, at) => {
    const date = new Date(Date.UTC(2026, 0, 1) + Math.floor(at / 4) * 86_400_000).toISOString().slice(0, 10);
    const amount = 1 + Math.floor(random.next().value * 40);
    const price = (2 + random.next().value * 30).toFixed(2);
    return [
      date,
      pick(['North', 'South', 'Islands'], 'North'),
      pick(['mug', 'poster', 'badge', 'scarf'], 'mug'),
      amount,
      price,
    ].join();
  });
  return `date,region,product,amount,price\n${rows.join('\n')}\n`;
}

function inventory(): string {
  const random = pseudoRandom(11);
  const items = ['mug', 'poster', 'badge', 'scarf', 'sticker'].map((name, at) => ({
    sku: `RH-${100 + at}`,
    name,
    stock: Math.floor(random.next().value * 500),
    tags: ['shop', at % 2 === 0 ? 'textile' : 'print'],
    supplier: { name: 'Harbour Supplies', country: 'NZ' },
  }));
  return `${JSON.stringify({ updated: '2026-01-31', warehouse: 'Bluff', items }, null, 2)}\n`;
}

function serverLog(): string {
  const random = pseudoRandom(13);
  const start = Date.UTC(2026, 0, 31, 6);
  const lines = Array.from({ length: 800 }, (_, at) => {
    const time = new Date(start + at * 1_700).toISOString();
    const roll = random.next().value;
    if (roll > 0.97)
      return `${time} ERROR station: no answer from sensor ${Math.floor(roll * 1_000) % 12}, trying again`;
    if (roll > 0.88) return `${time} WARN  station: reading took ${Math.round(roll * 900)} ms`;
    return `${time} INFO  station: ${(roll * 30 - 15).toFixed(1)} degrees, wind ${Math.round(roll * 90)} km/h`;
  });
  return `${lines.join('\n')}\n`;
}
