/** Where the embedded database's own files are. */
export interface EmbeddedFiles {
  readonly postgresWasm: string;
  readonly initdbWasm: string;
  readonly data: string;
  readonly trigrams: string;
}

/**
 * Undefined: the package finds its files itself. The binary's build puts a module in this one's place that embeds them,
 * because a compiled program has no package folder (and Deno refuses such imports, so they are not here).
 */
export const EMBEDDED_FILES: EmbeddedFiles | undefined = undefined;
