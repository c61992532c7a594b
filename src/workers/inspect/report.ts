import { type Static, Type } from '@sinclair/typebox';
import type en from '../../locales/en.json';

/** How much care a file asks for; `unseen`: nobody can say, it was not looked into. */
export type Level = 'safe' | 'unseen' | 'careful' | 'dangerous';

const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));
const LevelSchema = Type.Union([
  Type.Literal('safe'),
  Type.Literal('unseen'),
  Type.Literal('careful'),
  Type.Literal('dangerous'),
]);

/** Something that speaks for or against a file: a text of the catalogue under `inspect.findings`, and its values. */
const Finding = Type.Object({
  code: Type.Unsafe<keyof typeof en.inspect.findings>(Type.String()),
  level: LevelSchema,
  params: Params,
});

/** Something worth knowing: a label under `inspect.labels`, and a text under `inspect.facts` with its values. */
const Fact = Type.Object({
  label: Type.Unsafe<keyof typeof en.inspect.labels>(Type.String()),
  code: Type.Unsafe<keyof typeof en.inspect.facts>(Type.String()),
  params: Params,
});

/** What a preview is made of. Texts are a stranger's: the card escapes them; secrets are masked here already. */
const Preview = Type.Union([
  Type.Object({ kind: Type.Literal('text'), language: Type.String(), text: Type.String() }),
  Type.Object({
    kind: Type.Literal('table'),
    columns: Type.Array(Type.String()),
    rows: Type.Array(Type.Array(Type.String())),
  }),
  Type.Object({
    kind: Type.Literal('entries'),
    entries: Type.Array(Type.Object({ path: Type.String(), bytes: Type.Integer(), note: Type.String() })),
    more: Type.Integer(),
  }),
  Type.Object({
    kind: Type.Literal('picture'),
    png: Type.Uint8Array(),
    width: Type.Integer(),
    height: Type.Integer(),
    alt: Type.String(),
  }),
]);

/** A limit that was reached, and how much there is at least: a text under `inspect.limits`. */
const LimitHit = Type.Object({
  limit: Type.Unsafe<keyof typeof en.inspect.limits>(Type.String()),
  allowed: Type.Number(),
  seen: Type.Number(),
});

/** What an opener says of a file: a plain value, made in a thread, that crosses as it is. */
export const Report = Type.Object({
  /** A text under `inspect.types`: what it really is. */
  type: Type.Unsafe<keyof typeof en.inspect.types>(Type.String()),
  mime: Type.String(),
  findings: Type.Array(Finding),
  facts: Type.Array(Fact),
  previews: Type.Array(Preview),
  limits: Type.Array(LimitHit),
  /** Addresses found in it, at most a hundred, each once. */
  links: Type.Array(Type.String()),
  /** Perceptual hashes of a picture's first and middle frame, and of a still that is none of them, 16 hexadecimal digits each. */
  hashes: Type.Array(Type.String()),
  /** Hashes of cropped copies of the same frames, their own among them: what a block list keeps, to be found by `hashes`. */
  croppedHashes: Type.Array(Type.String()),
  /** Kinds of secrets found (`inspect.secrets`), each as often as it was found. */
  secrets: Type.Array(Type.Unsafe<keyof typeof en.inspect.secrets>(Type.String())),
  /** Whether a copy without metadata can be made of it. */
  strippable: Type.Boolean(),
});

export type Report = Static<typeof Report>;
export type Finding = Report['findings'][number];
export type Fact = Report['facts'][number];
export type Preview = Report['previews'][number];
export type LimitHit = Report['limits'][number];

/** An empty report of a type, to be filled. */
export function reportOf(type: Report['type'], mime: string, more: Partial<Report> = {}): Report {
  const nothing = {
    findings: [],
    facts: [],
    previews: [],
    limits: [],
    links: [],
    hashes: [],
    croppedHashes: [],
    secrets: [],
    strippable: false,
  };
  return { type, mime, ...nothing, ...more };
}

const ORDER: readonly Level[] = ['safe', 'unseen', 'careful', 'dangerous'];

/**
 * As careful as the most alarming finding asks for; a file that holds a secret, or that could not be read to its end,
 * is never called safe.
 */
export function levelOf({ findings, limits, secrets }: Pick<Report, 'findings' | 'limits' | 'secrets'>): Level {
  const most = Math.max(
    0,
    ...findings.map(({ level }) => ORDER.indexOf(level)),
    limits.length + secrets.length > 0 ? ORDER.indexOf('careful') : 0,
  );
  return ORDER[most] ?? 'dangerous';
}
