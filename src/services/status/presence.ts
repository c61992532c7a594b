import { ActivityType, type PresenceData } from 'discord.js';
import type { Context } from '../../context.ts';
import { sayDuration } from '../../lib/time/say.ts';
import { clip } from '../answers/words.ts';
import { liveFigures } from './figures.ts';

/** Discord shows no more of it. */
const LONGEST = 128;
const HOUR_MS = 3_600_000;

/** What people see under the bot's name. */
export function presenceOf(text: string): PresenceData {
  const state = clip(text.toWellFormed(), LONGEST);
  return { activities: [{ type: ActivityType.Custom, name: 'Custom Status', state }] };
}

/** The figure whose turn it is, of those that take turns every `everyMs`: servers, members, time since the start. */
export function liveText(context: Pick<Context, 'discord' | 'i18n' | 'now' | 'startedAt'>, everyMs: number): string {
  const { i18n, now, startedAt } = context;
  const { servers, members } = liveFigures(context);
  const upMs = now().getTime() - startedAt.getTime();
  const texts = [
    i18n.t('presence.servers', { count: servers }),
    i18n.t('presence.members', { count: members }),
    upMs < HOUR_MS ? i18n.t('presence.fresh') : i18n.t('presence.up', { up: sayDuration(upMs - (upMs % HOUR_MS)) }),
  ];
  return texts[Math.floor(now().getTime() / everyMs) % texts.length] ?? '';
}
