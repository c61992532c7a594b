import { missingAccess } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import type { State } from '../state/state.ts';

/** The application as its own bot sees it. The flags tell which privileged intents are switched on. */
function applicationView(state: State): object {
  const { application, bot } = state;
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: 'A bot in a local sandbox',
    type: null,
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: state.applicationFlags,
    flags_new: String(state.applicationFlags),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: state.user(application.ownerId),
    approximate_guild_count: state.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: ['bot', 'applications.commands'],
    integration_types_config: { '0': {} },
    event_webhooks_status: 1,
  };
}

/** Bots look after their own application alone. */
export function requireOwn({ state, params }: Pick<Call<'application_id'>, 'state' | 'params'>): void {
  if (params.application_id !== state.application.id) throw missingAccess();
}

function get(call: Call<'application_id'>): object {
  requireOwn(call);
  return applicationView(call.state);
}

const view = ({ state }: Call) => applicationView(state);

export const applicationRoutes = [
  route('GET', '/applications/@me', view),
  route('GET', '/oauth2/applications/@me', view),
  route('GET', '/applications/{application_id}', get),
];
