import type { Gateway } from '../gateway/gateway.ts';
import type { Route } from '../http/define-route.ts';
import { applicationRoutes } from './applications.ts';
import { auditLogRoutes } from './audit-logs.ts';
import { channelEditRoutes } from './channel-edits.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { gatewayRoutes } from './gateway.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { overwriteRoutes } from './overwrites.ts';
import { roleRoutes } from './roles.ts';
import { userRoutes } from './users.ts';
import { webhookMessageRoutes } from './webhook-messages.ts';

/** Every REST route the stand-in knows. */
export function allRoutes(gateway: Gateway): readonly Route[] {
  return [
    ...applicationRoutes,
    ...auditLogRoutes,
    ...channelEditRoutes,
    ...channelRoutes,
    ...commandRoutes,
    ...gatewayRoutes(gateway),
    ...guildRoutes,
    ...interactionRoutes,
    ...memberRoutes,
    ...messageRoutes,
    ...overwriteRoutes,
    ...roleRoutes,
    ...userRoutes,
    ...webhookMessageRoutes,
  ];
}
