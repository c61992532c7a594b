import type { Section } from './section.ts';
import activity from './sections/activity.ts';
import botHealth from './sections/bot-health.ts';
import busiestHours from './sections/busiest-hours.ts';
import fourWeeks from './sections/four-weeks.ts';
import growth from './sections/growth.ts';
import moderation from './sections/moderation.ts';

/** The sections of the daily report, by their files' names, in the order in which they are shown. */
export const SECTIONS = {
  activity: activity,
  'busiest-hours': busiestHours,
  growth: growth,
  moderation: moderation,
  'bot-health': botHealth,
  'four-weeks': fourWeeks,
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;
