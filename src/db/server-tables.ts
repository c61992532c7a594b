/**
 * Every table with rows of servers that go once a server was left for long, those that name others' rows first. Each has an index that begins with
 * `guild_id`. Archived messages are none of them: the archive's own job deletes those. What belongs to such a row alone (votes, members of raids, letters) goes with it.
 */
export const SERVER_TABLES = [
  'activity',
  'afk',
  'audit_seen',
  'automod_alert_cases',
  'automod_alerts',
  'automod_days',
  'automod_list_changes',
  'automod_lists',
  'automod_list_versions',
  'automod_rule_changes',
  'automod_rules',
  'automod_rule_sets',
  'blocked_pictures',
  'brakes',
  'case_events',
  'cases',
  'case_numbers',
  'channel_hours',
  'follows',
  'introductions',
  'join_watches',
  'known_invites',
  'mass_runs',
  'member_joins',
  'member_points',
  'member_reports',
  'member_roles',
  'polls',
  'raids',
  'seen_joins',
  'seen_messages',
  'server_days',
  'settings',
  'settings_history',
  'slow_patterns',
  'timers',
  'verifications',
] as const;

/** Says of which servers there are archived messages: it goes with the last of them. */
export const ARCHIVED = 'archived_channels';

export type ServerTable = (typeof SERVER_TABLES)[number];
