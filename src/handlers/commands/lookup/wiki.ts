import { Type } from '@sinclair/typebox';
import type { Context } from '../../../context.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { clip } from '../../../services/answers/words.ts';
import { siteKey, siteMeant, sitesOf, WIKIPEDIA } from '../../../services/wiki/sites.ts';
import type { Choice, Typing } from '../../autocomplete.ts';
import { defineCommand, defineComponent } from '../../define.ts';
import { text } from '../../options.ts';
import { wikiAnswer } from '../../wiki-answer.ts';

const LONGEST_CHOICE = 100;

const State = Type.Object({ site: Type.String({ maxLength: 12 }), by: Type.String({ maxLength: 20 }) });

/** Another title than the one asked for, picked from what it might be. Replaces the menu it was picked from. */
const pick = defineComponent({
  kind: 'text-select',
  id: 'wiki.pick',
  version: 1,
  state: State,
  where: 'anywhere',
  async run({ interaction, state, values, signal }, context): Promise<Answer> {
    if (interaction.user.id !== state.by) throw new UserError('errors.notYours');
    const sites = await sitesOf(interaction.guildId, context.settings);
    const site = sites.find((one) => siteKey(one) === state.site);
    if (!site) throw new UserError('errors.outdatedComponent');
    return wikiAnswer({ title: values[0] ?? '', site, signal, pick: pick.customId(state) }, context);
  },
});

/** A page of Wikipedia, or of a wiki that the server has named, in short. */
export default defineCommand({
  where: 'anywhere',
  options: {
    query: text({ min: 1, max: 200, autocomplete: offerTitles }),
    site: text({ optional: true, max: 40, autocomplete: offerSites }),
  },
  components: [pick],
  async run({ interaction, options, signal }, context) {
    const site = await siteMeant(options.site, interaction.guildId, context.settings);
    const state = { site: siteKey(site), by: interaction.user.id };
    return wikiAnswer({ title: options.query, site, signal, pick: pick.customId(state) }, context);
  },
});

/** What was typed can always be asked for, also while the site is slow. */
async function offerTitles(
  { typed, interaction }: Typing,
  { settings, wikiTitles }: Context,
): Promise<readonly Choice[]> {
  const name = interaction.options.getString('site') ?? undefined;
  const site = await siteMeant(name, interaction.guildId, settings).catch(() => WIKIPEDIA);
  const titles = await wikiTitles.beginningWith(typed, site);
  const asTyped = clip(typed.trim(), LONGEST_CHOICE);
  const offered = titles.length > 0 || asTyped === '' ? titles : [asTyped];
  return offered.map((title) => ({ name: title, value: title }));
}

async function offerSites({ typed, interaction }: Typing, { settings }: Context): Promise<readonly Choice[]> {
  const sites = await sitesOf(interaction.guildId, settings);
  const wanted = typed.trim().toLowerCase();
  return sites.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ name }) => ({ name, value: name }));
}
