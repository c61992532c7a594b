/** What opening a file may cost: the default of each limit, and between what it can be set. */
export const FILE_LIMITS = {
  maxMegabytes: { default: 25, minimum: 1, maximum: 100 },
  downloadSeconds: { default: 15, minimum: 1, maximum: 60 },
  unpackedMegabytes: { default: 64, minimum: 1, maximum: 256 },
  entries: { default: 20_000, minimum: 1, maximum: 200_000 },
  depth: { default: 3, minimum: 0, maximum: 8 },
  megapixels: { default: 16, minimum: 1, maximum: 64 },
  frames: { default: 1_000, minimum: 1, maximum: 10_000 },
  pages: { default: 50, minimum: 1, maximum: 500 },
  rows: { default: 1_000_000, minimum: 1, maximum: 5_000_000 },
  openingMilliseconds: { default: 1_500, minimum: 100, maximum: 5_000 },
} as const;

export type FileLimit = keyof typeof FILE_LIMITS;
