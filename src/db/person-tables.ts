/** What people are told of, by a name of its own (`privacy.kinds`). */
export type Kind =
  | 'activity'
  | 'archive'
  | 'automod'
  | 'away'
  | 'cases'
  | 'doings'
  | 'drafts'
  | 'files'
  | 'joins'
  | 'levels'
  | 'polls'
  | 'raids'
  | 'reports'
  | 'roles'
  | 'timers'
  | 'votes'
  | 'wishes'
  | 'zone';

/**
 * Why something stays: moderators have to know what was done and to whom (`order`); it is a server's own, such as its settings (`server`); it goes by
 * itself within days (`passing`); it is the person's wish that nothing is kept (`wish`).
 */
export type Reason = 'order' | 'server' | 'passing' | 'wish';

/** What becomes of the rows in which a column holds somebody's id: they go, the id is taken out of them, or they stay. */
export type Fate =
  | { readonly does: 'delete' }
  | { readonly does: 'forget'; readonly to: '0' | null }
  | { readonly does: 'keep'; readonly why: Reason };

/** A column that holds a person's id. */
export type PersonColumn = { readonly table: string; readonly column: string; readonly kind: Kind } & Fate;

/** A column with what people wrote, are called, or may be named in. It goes with its row, or stays for a reason. */
export type WrittenColumn = { readonly table: string; readonly columns: readonly string[] } & (
  | { readonly does: 'row' }
  | { readonly does: 'keep'; readonly why: Reason }
);

const gone = (table: string, column: string, kind: Kind): PersonColumn => ({ table, column, kind, does: 'delete' });
/** `to`: what stands in the place of the id, nothing where the column allows that. */
const forgotten = (table: string, column: string, to: '0' | null, kind: Kind = 'doings'): PersonColumn =>
  ({ table, column, kind, does: 'forget', to }) as const;
const kept = (table: string, column: string, kind: Kind, why: Reason): PersonColumn =>
  ({ table, column, kind, does: 'keep', why }) as const;

/** Every column with ids of people, whole, and what deletion does with it. Timers, archived and kept messages have ways of their own. */
export const PERSON_COLUMNS: readonly PersonColumn[] = [
  gone('activity', 'member_id', 'activity'),
  gone('afk', 'user_id', 'away'),
  kept('archive_opt_outs', 'user_id', 'wishes', 'wish'),
  gone('archived_messages', 'author_id', 'archive'),
  forgotten('automod_alert_deeds', 'by_id', '0'),
  kept('automod_alerts', 'author_id', 'automod', 'order'),
  forgotten('automod_list_changes', 'changed_by', null),
  gone('automod_replies', 'author_id', 'automod'),
  forgotten('automod_rule_changes', 'changed_by', null),
  forgotten('blocked_pictures', 'blocked_by', '0'),
  kept('brakes', 'actor_id', 'cases', 'order'),
  kept('brakes', 'lifted_by', 'cases', 'order'),
  kept('case_events', 'by_id', 'cases', 'order'),
  kept('cases', 'actor_id', 'cases', 'order'),
  kept('cases', 'asked_by', 'cases', 'order'),
  kept('cases', 'led_by', 'cases', 'order'),
  kept('cases', 'target_id', 'cases', 'order'),
  kept('cases', 'voided_by', 'cases', 'order'),
  gone('drafts', 'owner_id', 'drafts'),
  forgotten('follows', 'owner_id', '0'),
  gone('inspected_files', 'asked_by', 'files'),
  forgotten('job_runs', 'asked_by', null),
  forgotten('jobs', 'paused_by', null),
  kept('mass_items', 'target_id', 'cases', 'order'),
  kept('mass_runs', 'actor_id', 'cases', 'order'),
  kept('mass_runs', 'cancelled_by', 'cases', 'order'),
  kept('mass_runs', 'seconded_by', 'cases', 'order'),
  gone('member_joins', 'member_id', 'joins'),
  gone('member_points', 'member_id', 'levels'),
  forgotten('member_report_letters', 'moderator', null),
  forgotten('member_reports', 'handler_id', null),
  gone('member_reports', 'reporter_id', 'reports'),
  gone('member_roles', 'user_id', 'roles'),
  gone('member_searches', 'owner_id', 'drafts'),
  kept('opt_outs', 'user_id', 'wishes', 'wish'),
  gone('people', 'user_id', 'zone'),
  gone('poll_votes', 'user_id', 'votes'),
  forgotten('polls', 'author_id', '0', 'polls'),
  forgotten('polls', 'ended_by', null, 'polls'),
  kept('privacy_deletions', 'user_id', 'wishes', 'passing'),
  kept('raid_members', 'user_id', 'raids', 'order'),
  kept('seen_joins', 'user_id', 'joins', 'passing'),
  forgotten('settings', 'changed_by', null),
  forgotten('settings_history', 'changed_by', null),
  gone('timers', 'owner_id', 'timers'),
  kept('verifications', 'member_id', 'joins', 'order'),
];

const row = (table: string, ...columns: string[]): WrittenColumn => ({ table, columns, does: 'row' });
const stays = (table: string, why: Reason, ...columns: string[]): WrittenColumn => ({
  table,
  columns,
  does: 'keep',
  why,
});

/** Every column with words of people, or within which ids of people may stand. */
export const WRITTEN_COLUMNS: readonly WrittenColumn[] = [
  row('afk', 'links', 'reason'),
  row('archived_edits', 'body'),
  row('archived_messages', 'author_name', 'body', 'files', 'words'),
  stays('automod_alerts', 'order', 'author_name', 'did', 'files', 'found', 'rules', 'spans', 'text'),
  stays('automod_cooldowns', 'passing', 'key'),
  stays('automod_list_parts', 'server', 'bytes'),
  row('automod_replies', 'words'),
  stays('automod_rule_changes', 'server', 'after', 'before'),
  stays('automod_rules', 'server', 'rule'),
  stays('blocked_pictures', 'server', 'name'),
  stays('brakes', 'order', 'actor_name'),
  stays('case_events', 'order', 'after', 'before'),
  stays('cases', 'order', 'actor_name', 'data', 'evidence', 'reason', 'target_name', 'void_reason'),
  row('drafts', 'body'),
  row('inspected_files', 'name', 'url'),
  stays('inspections', 'passing', 'report'),
  stays('job_runs', 'passing', 'error'),
  stays('jobs', 'passing', 'last_error'),
  row('kept_messages', 'body'),
  stays('known_invites', 'server', 'invites'),
  stays('log_entries', 'passing', 'body'),
  stays('mass_items', 'order', 'name', 'note', 'why'),
  stays('mass_runs', 'order', 'actor_name', 'spec', 'why'),
  stays('member_report_letters', 'order', 'text'),
  row('member_reports', 'body'),
  stays('member_searches', 'passing', 'ids', 'sought'),
  row('people', 'time_zone'),
  stays('polls', 'server', 'answers', 'question'),
  stays('promised_answers', 'passing', 'token'),
  stays('raid_members', 'order', 'avatar', 'name', 'shown'),
  stays('raids', 'order', 'alike', 'guard'),
  stays('settings', 'server', 'value'),
  stays('settings_history', 'server', 'value'),
  stays('slow_patterns', 'server', 'source'),
  stays('timers', 'passing', 'last_error', 'outcome', 'payload', 'recurrence'),
  stays('verifications', 'order', 'solution'),
];
