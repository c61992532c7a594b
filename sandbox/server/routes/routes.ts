import type { Gateway } from '../gateway/gateway.ts';
import type { Route } from '../http/define-route.ts';
import { applicationRoutes } from './applications.ts';
import { auditLogRoutes } from './audit-logs.ts';
import { banRoutes } from './bans.ts';
import { channelEditRoutes } from './channel-edits.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { emojiRoutes } from './emojis.ts';
import { gatewayRoutes } from './gateway.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { inviteRoutes } from './invites.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { overwriteRoutes } from './overwrites.ts';
import { pinRoutes } from './pins.ts';
import { pruneRoutes } from './prune.ts';
import { reactionRoutes } from './reactions.ts';
import { roleRoutes } from './roles.ts';
import { scheduledEventRoutes } from './scheduled-events.ts';
import { stickerRoutes } from './stickers.ts';
import { threadRoutes } from './threads.ts';
import { userRoutes } from './users.ts';
import { voiceRoutes } from './voice.ts';
import { webhookMessageRoutes } from './webhook-messages.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every REST route the stand-in knows. */
export function allRoutes(gateway: Gateway): readonly Route[] {
  return [
    ...applicationRoutes,
    ...auditLogRoutes,
    ...banRoutes,
    ...channelEditRoutes,
    ...channelRoutes,
    ...commandRoutes,
    ...emojiRoutes,
    ...gatewayRoutes(gateway),
    ...guildRoutes,
    ...interactionRoutes,
    ...inviteRoutes,
    ...memberRoutes,
    ...messageRoutes,
    ...overwriteRoutes,
    ...pinRoutes,
    ...pruneRoutes,
    ...reactionRoutes,
    ...roleRoutes,
    ...scheduledEventRoutes,
    ...stickerRoutes,
    ...threadRoutes,
    ...userRoutes,
    ...voiceRoutes,
    ...webhookMessageRoutes,
    ...webhookRoutes,
  ];
}
