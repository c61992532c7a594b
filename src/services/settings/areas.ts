import type { Static } from '@sinclair/typebox';
import archive from './areas/archive.ts';
import automod from './areas/automod.ts';
import events from './areas/events.ts';
import files from './areas/files.ts';
import general from './areas/general.ts';
import jail from './areas/jail.ts';
import joinRoles from './areas/join-roles.ts';
import levels from './areas/levels.ts';
import logs from './areas/logs.ts';
import memberReports from './areas/member-reports.ts';
import moderation from './areas/moderation.ts';
import permissions from './areas/permissions.ts';
import raids from './areas/raids.ts';
import reports from './areas/reports.ts';
import verification from './areas/verification.ts';
import welcome from './areas/welcome.ts';
import wiki from './areas/wiki.ts';

/** Every area of a server's settings, one line each. */
export const AREAS = {
  archive,
  automod,
  events,
  files,
  general,
  jail,
  joinRoles,
  levels,
  logs,
  memberReports,
  moderation,
  permissions,
  raids,
  reports,
  verification,
  welcome,
  wiki,
} as const;

export type AreaName = keyof typeof AREAS;
export type AreaValue<N extends AreaName> = Readonly<Static<(typeof AREAS)[N]['schema']>>;
