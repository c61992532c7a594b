import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t, unlinked } from '../../../../services/answers/words.ts';
import { inWords } from '../../../../services/outside/in-words.ts';
import { MOST_WIKI_SITES } from '../../../../services/settings/areas/wiki.ts';
import { WIKIPEDIA } from '../../../../services/wiki/sites.ts';
import type { Choice, Typing } from '../../../autocomplete.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

/** Shows the wikis that can be asked here, adds one once it has answered, or takes one away. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  options: {
    name: text({ optional: true, min: 1, max: 32 }),
    address: text({ optional: true, min: 1, max: 200 }),
    remove: text({ optional: true, max: 32, autocomplete: offerSites }),
  },
  async run(asked, context) {
    const { options, interaction, signal } = asked;
    const { name, address, remove } = options;
    if ((name === undefined) !== (address === undefined)) throw new UserError('commands.config.wiki.both');
    const site = name !== undefined && address !== undefined ? await found(name, address, signal, context) : undefined;
    const changes = site !== undefined || remove !== undefined;
    if (changes) await changeArea('wiki', ({ sites }) => ({ sites: changed(sites, { site, remove }) }), asked, context);
    return panel(interaction.guildId ?? '', context, changes);
  },
});

interface Site {
  readonly name: string;
  readonly api: string;
}

/** Where the wiki's API is; what is no wiki, or cannot be reached, is not taken. */
async function found(name: string, address: string, signal: AbortSignal, context: Context): Promise<Site> {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address.trim()) ? address.trim() : `https://${address.trim()}`;
  if (!whole.startsWith('https://') || !URL.canParse(whole)) throw new UserError('commands.config.wiki.notAnAddress');
  const { host } = new URL(whole);
  const work = context.io.errand('wikiSite', { address: whole }, { signal });
  const missing = t('commands.config.wiki.notAWiki', { host: unlinked(host) });
  const { api } = await inWords(work, { service: host, missing, signal }, context);
  return { name: name.trim(), api };
}

function changed(
  sites: readonly Site[],
  { site, remove }: { readonly site: Site | undefined; readonly remove: string | undefined },
): readonly Site[] {
  const same = (one: Site, name: string) => one.name.toLowerCase() === name.trim().toLowerCase();
  const left = remove === undefined ? sites : sites.filter((one) => !same(one, remove));
  if (remove !== undefined && left.length === sites.length)
    throw new UserError('commands.config.wiki.noSuch', { name: remove });
  if (site === undefined) return left;
  if (same({ ...site, name: WIKIPEDIA.name }, site.name) || left.some((one) => same(one, site.name)))
    throw new UserError('commands.config.wiki.taken', { name: site.name });
  if (left.length >= MOST_WIKI_SITES) throw new UserError('commands.config.wiki.full', { most: MOST_WIKI_SITES });
  return [...left, site];
}

async function offerSites({ typed, interaction }: Typing, { settings }: Context): Promise<readonly Choice[]> {
  const { sites } = await settings.of(interaction.guildId ?? '', 'wiki');
  const wanted = typed.trim().toLowerCase();
  return sites.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ name }) => ({ name, value: name }));
}

async function panel(guildId: string, context: Context, changes: boolean): Promise<Answer> {
  const [{ sites }, last] = await Promise.all([
    context.settings.of(guildId, 'wiki'),
    lastChange(guildId, 'wiki', context),
  ]);
  const lines = sites.map(({ name, api }) => t('commands.config.wiki.site', { name, api: unlinked(api) }));
  return {
    tone: changes ? 'good' : 'info',
    title: t('commands.config.wiki.title'),
    parts: [
      ...(changes ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      { kind: 'lines', lines: [t('commands.config.wiki.always'), ...lines] },
      { kind: 'small', text: last },
    ],
  };
}
