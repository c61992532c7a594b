/** How a version of a section is called in a menu, which shows no timestamps: by its number and its minute in UTC. */
export function versionLabel({ version, at }: { readonly version: number; readonly at: Date }) {
  return { version, at: `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC` };
}
